/** Methods that exist in the route table. */
const allowedMethods = 'GET, HEAD, POST';
const usedHeaders = ['authorization', 'content-type', 'idempotency-key', 'range', 'accept-language'];
const headerName = /^[\w!#$%&'*+.^`|~-]{1,100}$/;
const mostNames = 50;
/** What a page on another origin may read. */
const exposedHeaders = [
  'Retry-After',
  'RateLimit',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-Request-Id',
  'Moknah-Credits-Remaining',
  'Moknah-Credits-Used',
  'Idempotency-Replayed',
  'WWW-Authenticate',
  'Date',
  'Content-Length',
  'Content-Range',
  'Accept-Ranges',
].join(', ');

/** The header names that a preflight asks for, `relayHeaders` of the clients among them. What is not a name is left out. */
function askedHeaders(asked: string | null): readonly string[] {
  const names = (asked ?? '').toLowerCase().split(',', mostNames);
  return names.map((name) => name.trim()).filter((name) => headerName.test(name));
}

/**
 * Answers the preflight of a listed origin. It allows every header that is asked for: the relay passes none of them to a vendor, so a
 * name grants nothing, and only the app's `authorize` knows which ones it reads.
 */
export const preflight = ({ headers }: Request): Response =>
  new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': allowedMethods,
      'access-control-allow-headers': [
        ...new Set([...usedHeaders, ...askedHeaders(headers.get('access-control-request-headers'))]),
      ].join(', '),
      'access-control-max-age': '600',
    },
  });

/** What every answer carries; `origin` is the allowed one, or empty. Without a body for HEAD. */
export function forPage(answer: Response, origin: string, method: string): Response {
  const headers = new Headers(answer.headers);
  headers.append('vary', 'Origin');
  if (origin) {
    headers.set('access-control-allow-origin', origin);
    headers.set('access-control-allow-credentials', 'true');
    headers.set('access-control-expose-headers', exposedHeaders);
  }
  headers.set('cache-control', 'no-store');
  headers.set('x-content-type-options', 'nosniff');
  // Should an answer ever be opened as a page, it can do nothing.
  headers.set('content-security-policy', "default-src 'none'; sandbox");
  headers.set('cross-origin-resource-policy', 'cross-origin');
  headers.set('referrer-policy', 'no-referrer');
  if (!headers.has('x-request-id')) headers.set('x-request-id', crypto.randomUUID());
  if (method === 'HEAD') answer.body?.cancel().catch(() => {});
  return new Response(method === 'HEAD' ? null : answer.body, { status: answer.status, headers });
}
