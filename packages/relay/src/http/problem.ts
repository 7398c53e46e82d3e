import type { Refusal } from '../relay-context.ts';

/** For people; the code is for programs. */
const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  413: 'Content too large',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  426: 'Upgrade required',
  429: 'Too many requests',
  500: 'Relay fault',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
};

/** A refusal of the relay over HTTP (RFC 9457). */
export function problem(
  { status, code, detail, advice, retryAfterMs, errors }: Refusal,
  more: Record<string, string> = {},
): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', ...more });
  if (retryAfterMs !== undefined) headers.set('retry-after', String(Math.max(1, Math.ceil(retryAfterMs / 1_000))));
  // Only the relay's own refusals carry it: by it the client knows that another token may help.
  if (status === 401) {
    headers.set('www-authenticate', code === 'not_authorized' ? 'Bearer' : 'Bearer error="invalid_token"');
  }
  const title = titles[status] ?? 'Refused';
  const body = {
    type: `urn:saystream:relay:${code}`,
    title,
    status,
    detail,
    ...(advice && { advice }),
    ...(errors && { errors }),
  };
  return new Response(JSON.stringify(body), { status, headers });
}
