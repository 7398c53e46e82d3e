/** The globals that tell a page or a worker of a page from every other runtime. */
interface PageGlobals {
  readonly window?: { readonly document?: unknown };
  readonly WorkerGlobalScope?: unknown;
  readonly location?: unknown;
}

/** Other runtimes have some of these globals too; only a browser's worker has a location. */
const inBrowser = ({ window, WorkerGlobalScope, location }: PageGlobals): boolean =>
  window?.document !== undefined || (WorkerGlobalScope !== undefined && location !== undefined);

/** A header carries nothing else, and a key file's last line break is easily read with the key. */
const isUsable = (apiKey: unknown): boolean => typeof apiKey === 'string' && /^[!-~]([ -~]*[!-~])?$/.test(apiKey);

/**
 * Refuses a key that is missing or cannot be sent, and a secret key in a page.
 *
 * @param owner the function to name in the message, such as `createAudixa`
 * @param variable the environment variable that usually holds the key; without one none is named
 * @throws TypeError when the key is missing, begins or ends with a blank, or holds anything but printable ASCII characters, or when this runs in a browser
 *   and `dangerouslyAllowBrowser` is not set
 */
export function checkApiKey(
  owner: string,
  { apiKey, dangerouslyAllowBrowser }: { apiKey?: unknown; dangerouslyAllowBrowser?: boolean | undefined },
  variable?: string,
): void {
  if (!isUsable(apiKey)) {
    const what = apiKey ? 'has a blank at an end, a line break or another character that no header can carry' : 'is missing';
    throw new TypeError(`${owner}: apiKey ${what}.${variable ? ` Check the environment variable ${variable}.` : ''}`);
  }
  if (!dangerouslyAllowBrowser && inBrowser(globalThis)) {
    throw new TypeError(
      `${owner}: an apiKey in a page is public. Speak through a relay (@saystream/relay), or set dangerouslyAllowBrowser.`,
    );
  }
}
