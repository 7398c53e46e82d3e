/** Where one vendor's API lives. */
export interface VendorUrl {
  /** HTTP origin and path of the API, without a final slash, such as `https://api.audixa.ai/v3`. */
  readonly http: string;
  /** The same for WebSockets. */
  readonly socket: string;
}

const urlsOf = (http: string): VendorUrl => ({ http, socket: http.replace('http', 'ws') });

/** Cuts the slashes at the end. A loop: `/\/+$/` tries again at each slash of a long run, in quadratic time. */
export function withoutFinalSlashes(address: string): string {
  let end = address.length;
  while (address[end - 1] === '/') end -= 1;
  return address.slice(0, end);
}

/** Both addresses behind a relay, resolved each time they are read. */
export const relayedUrl = (http: () => string): VendorUrl => ({
  get http() {
    return http();
  },
  get socket() {
    return urlsOf(http()).socket;
  },
});

const wanted = 'baseUrl must be an https URL, or http on loopback.';
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * Accepts the vendor's origin or anything under it: `https://host`, `https://host/v3` and `https://host/v3/tts` mean
 * the same for the API path `/v3`.
 *
 * @param apiPath the path all endpoints share, such as `/v3`
 * @throws TypeError for what is no absolute http(s) URL, and for `http:` to anything but loopback
 */
export function vendorUrl(baseUrl: string, apiPath: string): VendorUrl {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new TypeError(wanted);
  }
  const secure = /^(https|wss):$/.test(url.protocol);
  const local = /^(http|ws):$/.test(url.protocol) && isLoopback(url.hostname);
  if (!secure && !local) throw new TypeError(wanted);
  const [root = ''] = `${url.pathname}/`.split(`${apiPath}/`);
  return urlsOf(`http${secure ? 's' : ''}://${url.host}${withoutFinalSlashes(root)}${apiPath}`);
}
