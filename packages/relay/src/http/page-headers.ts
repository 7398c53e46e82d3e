/** Methods that exist in the route table. */
const allowedMethods = 'GET, HEAD, POST';
const allowedHeaders = 'authorization, content-type, idempotency-key, range, accept-language';
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

/** The answer to a preflight. */
export const preflight = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': allowedMethods,
      'access-control-allow-headers': allowedHeaders,
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
