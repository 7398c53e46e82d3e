/** Sends one request, as `fetch` does. */
export type SendRequest = (url: string, init: RequestInit) => Promise<Response>;

/** `URL.parse`, which younger browsers have; undefined for what is no URL. */
export function parseUrl(url: string | URL, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}

/** More than a server needs to add a slash and a host to name a language. */
const mostRedirects = 5;

/** Where a redirect leads, if it stays at the same origin and repeats the request as it is; else undefined. */
function sameOriginTarget({ status, headers }: Response, url: string, method: string | undefined): string | undefined {
  const repeats = (method === 'GET' ? /30[1278]/ : /30[78]/).test(`${status}`);
  const target = repeats && headers.get('location');
  const at = target ? parseUrl(target, url) : undefined;
  return at?.origin === parseUrl(url)?.origin ? at?.href : undefined;
}

/**
 * Sends a request with a key and follows redirects within its origin: never to another, which would get the key. A
 * redirect that it does not follow is its answer.
 */
export async function followRedirects(send: SendRequest, url: string, init: RequestInit): Promise<Response> {
  const page = (globalThis as { location?: { origin?: string } }).location;
  let at = url;
  for (let redirects = 0; ; redirects += 1) {
    const response = await send(at, { ...init, redirect: 'manual' });
    // Browsers hide where a redirect leads. They follow it themselves, and no further than the page's own origin.
    if (response.type === 'opaqueredirect' && page?.origin === parseUrl(at)?.origin)
      return send(at, { ...init, redirect: 'follow', mode: 'same-origin' });
    const target = sameOriginTarget(response, at, init.method);
    if (!target || redirects === mostRedirects) return response;
    // A connection whose body nobody reads is not used again.
    await response.arrayBuffer().catch(() => undefined);
    at = target;
  }
}
