/** What the demo's server tells its page. */
export interface DemoConfig {
  /** The emulator's own page. */
  readonly emulatorUrl: string;
  /** What `createAudixa` is given to reach the emulator. */
  readonly baseUrl: string;
  /** The emulator's own key under which everything works. Worthless anywhere else. */
  readonly apiKey: string;
  /** The emulator's key for each scenario of the catalogue, by its name. */
  readonly scenarioKeys: Readonly<Record<string, string>>;
  /** Whether the server holds a real key and passes on what this page asks of the vendor. */
  readonly vendor: boolean;
  /** The path of that pass-through on the page's own origin. */
  readonly vendorPath: string;
}

export async function loadConfig(): Promise<DemoConfig> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`The demo server answered ${response.status} for its settings.`);
  return (await response.json()) as DemoConfig;
}
