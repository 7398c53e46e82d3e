import type { Refusal } from '../relay-context.ts';

/** Methods that change nothing. A same-origin GET carries no `Origin`. */
const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

/**
 * The origin that may speak, compared exactly, as browsers write it; empty for an allowed non-browser. A same-origin GET
 * carries none: there the browser's `Sec-Fetch-Site`, which no script can set, has to say so. A socket's handshake is no
 * such GET: browsers always name its origin (RFC 6455 §4.1).
 */
export function checkOrigin(
  headers: Pick<Headers, 'get' | 'has'>,
  method: string,
  rules: { readonly origins: ReadonlySet<string>; readonly allowNonBrowser: boolean },
): string | Refusal {
  const origin = headers.get('origin');
  if (origin !== null) return rules.origins.has(origin) ? origin : wrongOrigin(origin);
  const isHandshake = headers.has('sec-websocket-key') || headers.has('upgrade');
  if (isRead(method) && !isHandshake && headers.get('sec-fetch-site') === 'same-origin') return '';
  return rules.allowNonBrowser ? '' : withoutOrigin;
}

const longestShown = 200;

/** Echoes the origin as far as it can be one: a client may write anything into the header. */
function wrongOrigin(said: string): Refusal {
  const origin = said.replace(/[^\x21-\x7e]/g, '?').slice(0, longestShown);
  const detail = `The relay does not allow the origin ${origin}. Add it to \`origins\`.`;
  return { status: 403, code: 'wrong_origin', detail, advice: `Add ${origin} to \`origins\` of the relay.`, origin };
}

const withoutOrigin: Refusal = {
  status: 403,
  code: 'wrong_origin',
  detail: 'The relay serves no request without an Origin header.',
  advice: 'Set `allowNonBrowser` of the relay to serve programs that are not browsers.',
};
