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

/** Where a redirect leads, if it repeats the request as it is; else undefined. */
function targetOf({ status, headers }: Response, at: string, method: string | undefined): URL | undefined {
  const repeats = (method === 'GET' ? /30[12378]/ : /30[78]/).test(`${status}`);
  const target = repeats && headers.get('location');
  return target ? parseUrl(target, at) : undefined;
}

/** Follows redirects for as long as `mayGo` says so. One that it does not follow is the answer. */
async function follow(
  send: SendRequest,
  url: string,
  init: RequestInit,
  mayGo: (target: URL, at: string) => boolean,
): Promise<{ readonly response: Response; readonly at: string }> {
  let at = url;
  for (let redirects = 0; ; redirects += 1) {
    const response = await send(at, { ...init, redirect: 'manual' });
    const target = targetOf(response, at, init.method);
    if (!target || redirects === mostRedirects || !mayGo(target, at)) return { response, at };
    // The body of a redirect is not needed, and may be endless.
    response.body?.cancel().catch(() => undefined);
    at = target.href;
  }
}

/**
 * Sends a request with a key and follows redirects within its origin: never to another, which would get the key. A
 * redirect that it does not follow is its answer.
 */
export async function followRedirects(send: SendRequest, url: string, init: RequestInit): Promise<Response> {
  const page = (globalThis as { location?: { origin?: string } }).location;
  const { response, at } = await follow(send, url, init, (target, from) => target.origin === parseUrl(from)?.origin);
  // Browsers hide where a redirect leads. They follow it themselves, and no further than the page's own origin.
  return response.type === 'opaqueredirect' && page?.origin === parseUrl(at)?.origin
    ? send(at, { ...init, redirect: 'follow', mode: 'same-origin' })
    : response;
}

/**
 * Fetches a file without a key and follows redirects to any host, each checked as the first address was: `https:`, or `http:`
 * when the first address is plain. Undefined for one that leads elsewhere, or on and on. Names are not resolved: that a name does
 * not stand for an internal address is checked by the relay alone.
 */
export async function followToFile(send: SendRequest, url: string, init: RequestInit): Promise<Response | undefined> {
  const allowed = url.startsWith('http:') ? /^https?:$/ : /^https:$/;
  const { response, at } = await follow(send, url, init, ({ protocol }) => allowed.test(protocol));
  // Browsers follow it by rules of their own: no secure page reaches a plain address.
  const answer = response.type === 'opaqueredirect' ? await send(at, { ...init, redirect: 'follow' }) : response;
  // Where `fetch` ignores `redirect: 'manual'`, the answer says where it comes from.
  const end = parseUrl(answer.url || at);
  if (answer.status < 400 && answer.status >= 300 ? answer.headers.has('location') : !allowed.test(end?.protocol ?? '')) {
    answer.body?.cancel().catch(() => undefined);
    return undefined;
  }
  return answer;
}
