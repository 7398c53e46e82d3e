/** The globals that tell a page or a worker of a page from every other runtime. */
interface PageGlobals {
  readonly window?: { readonly document?: unknown };
  readonly WorkerGlobalScope?: unknown;
  readonly location?: unknown;
}

/** Other runtimes have some of these globals too; only a browser's worker has a location. */
const inBrowser = ({ window, WorkerGlobalScope, location }: PageGlobals): boolean =>
  window?.document !== undefined || (WorkerGlobalScope !== undefined && location !== undefined);

/**
 * Refuses what must not happen silently: a secret key in a page.
 *
 * @param owner the function to name in the message, such as `createAudixa`
 * @throws TypeError when the key is missing, or when this runs in a browser and nobody has allowed it
 */
export function checkApiKey(owner: string, options: { apiKey?: unknown; dangerouslyAllowBrowser?: boolean | undefined }): void {
  if (!options.apiKey) throw new TypeError(`${owner}: apiKey must not be empty.`);
  if (!options.dangerouslyAllowBrowser && inBrowser(globalThis)) {
    throw new TypeError(
      `${owner}: an apiKey in a page is public. Speak through a relay (@saystream/relay), or set dangerouslyAllowBrowser.`,
    );
  }
}
