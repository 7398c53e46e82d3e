import { SpeechError } from '@saystream/errors';

import { withoutFinalSlashes } from '../access/vendor-url.ts';
import { parseUrl } from '../http/follow-redirects.ts';

/** What tells a page or a worker of a page where it is. */
interface PageGlobals {
  readonly document?: { readonly baseURI: string };
  readonly location?: { readonly href: string };
}

/**
 * Checks a relay's address and returns what resolves it: without a final slash. A relative address, such as `/speech`, is
 * resolved against the page when it is first used, because a server that renders a page constructs its clients too.
 *
 * @throws TypeError when it is no http(s) address and no path. The function throws a SpeechError of kind `invalid-request` for
 *   a relative address where there is no page
 */
export function relayUrl(owner: string, vendor: string, relay: string | URL): () => string {
  // Any base tells whether a relative address is well formed.
  if (!resolve(relay, 'http://localhost')) {
    throw new TypeError(`${owner}: relay must be an http(s) address, or a path such as /speech in a page.`);
  }
  let url: string | undefined;
  return () => {
    const { document, location } = globalThis as PageGlobals;
    url ??= resolve(relay, document?.baseURI ?? location?.href);
    if (url) return url;
    throw new SpeechError({
      kind: 'invalid-request',
      vendor,
      billed: 'no',
      message: `The relay ${String(relay)} is a relative address, and there is no http(s) page here to resolve it against.`,
      advice: 'On a server, give `relay` as a whole address, such as https://app.example/speech.',
    });
  };
}

function resolve(relay: string | URL, base: string | undefined): string | undefined {
  const url = parseUrl(relay, base);
  // `origin` is "null" for every other protocol.
  return url?.protocol.startsWith('http') ? withoutFinalSlashes(url.origin + url.pathname) : undefined;
}
