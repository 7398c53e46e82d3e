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
  if (origin !== null) return rules.origins.has(origin) ? origin : wrongOrigin;
  const isHandshake = headers.has('sec-websocket-key') || headers.has('upgrade');
  if (isRead(method) && !isHandshake && headers.get('sec-fetch-site') === 'same-origin') return '';
  return rules.allowNonBrowser ? '' : wrongOrigin;
}

const wrongOrigin: Refusal = { status: 403, code: 'wrong_origin', detail: 'This page may not speak through this relay.' };
