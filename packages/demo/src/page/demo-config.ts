/** What the demo's server tells its page. */
export interface DemoConfig {
  /** The emulator's own page. */
  readonly emulatorUrl: string;
  /** Whether the server holds a real key, in a relay of its own. */
  readonly vendor: boolean;
}

export async function loadConfig(): Promise<DemoConfig> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`The demo server answered ${response.status} for its settings.`);
  return (await response.json()) as DemoConfig;
}
