/** What a listed origin must look like, for messages. */
const form =
  'An origin is scheme://host or scheme://host:port, such as https://app.example, http://localhost:8080 or tauri://localhost';

/** Schemes whose pages have another origin than their address, or none. */
const withoutOrigin = new Set(['ws', 'wss', 'ftp', 'file', 'data', 'blob', 'about', 'javascript', 'filesystem', 'view-source']);
/** Schemes that `URL` reads as the web does: case, default ports and names in other scripts. */
const isWeb = (scheme: string): boolean => scheme === 'http' || scheme === 'https';
const shape = /^([a-z][a-z\d+.-]*):\/\/([^/?#\\@\s*,;"'<>]+)$/i;
/** The host of an app's own scheme: a name, an extension's id or an IPv6 address, and perhaps a port. */
const appHost = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** What is wrong with an entry, as the end of a sentence. */
function mistakeIn(entry: string): string {
  if (entry.includes('*')) return 'has a wildcard. List each origin by itself';
  if (entry === 'null') return 'is the origin of sandboxed frames and local files. It names no page, so it cannot be listed';
  if (/[\s,]/.test(entry)) return 'has a comma or a blank in it. List each origin by itself';
  const [, scheme = '', host = ''] = /^([a-z][a-z\d+.-]*):\/*([^/?#\\]*)/i.exec(entry) ?? [];
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(entry)) return `has no scheme. Did you mean https://${entry.replace(/^\/+/, '')}?`;
  if (withoutOrigin.has(scheme.toLowerCase())) return `has the scheme ${scheme}, which no page's origin has`;
  if (entry.includes('@')) return 'has a user name';
  if (host && host.length + scheme.length + 3 < entry.length) return `has a path. Did you mean ${scheme}://${host}?`;
  return 'is not an origin';
}

function webOrigin(entry: string): string | undefined {
  const url = URL.canParse(entry) ? new URL(entry) : undefined;
  return url && !url.username && !url.password && url.hostname ? url.origin : undefined;
}

function tryOrigin(entry: unknown): string | undefined {
  const [, scheme = '', host = ''] = (typeof entry === 'string' && shape.exec(entry)) || [];
  const lower = scheme.toLowerCase();
  if (!lower || withoutOrigin.has(lower)) return undefined;
  if (isWeb(lower)) return webOrigin(entry as string);
  return appHost.test(host) ? `${lower}://${host.toLowerCase()}` : undefined;
}

/** Returns a sentence that names the entry, its mistake and the wanted form, or undefined for an origin. */
export function problemWithOrigin(entry: unknown): string | undefined {
  if (tryOrigin(entry)) return undefined;
  const why = typeof entry === 'string' ? mistakeIn(entry) : 'is not a string';
  return `${JSON.stringify(entry) ?? String(entry)} ${why}${why.endsWith('?') ? '' : '.'} ${form}.`;
}

/**
 * Reads one entry of `origins` and returns it as browsers write it in `Origin`: lower case, Punycode, no default port. Apps' and
 * extensions' own schemes are allowed: `tauri://localhost`, `capacitor://localhost`, `chrome-extension://<id>`.
 *
 * @throws TypeError that names the entry, the mistake and the wanted form
 */
export function readOrigin(entry: unknown): string {
  const origin = tryOrigin(entry);
  if (origin === undefined) throw new TypeError(`createRelay: origins: ${problemWithOrigin(entry)}`);
  return origin;
}
