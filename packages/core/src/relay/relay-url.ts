/**
 * Where a relay is, without a final slash. An address without an origin, such as `/speech`, is meant as a page means it.
 *
 * @throws TypeError for what is no address, and in runtimes without a page for one without an origin
 */
export function relayUrl(owner: string, relay: string | URL): string {
  const { document, location } = globalThis as { document?: { baseURI: string }; location?: { href: string } };
  try {
    const { origin, pathname } = new URL(relay, document?.baseURI ?? location?.href);
    return (origin + pathname).replace(/\/+$/, '');
  } catch {
    throw new TypeError(`${owner}: relay must be an address, such as /speech in a page.`);
  }
}
