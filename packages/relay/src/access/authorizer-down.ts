import type { Refusal } from '../relay-context.ts';

/** The app that says who asks cannot be asked at the moment. */
export class AuthorizerDownError extends Error {
  readonly retryAfterMs: number | undefined;

  constructor(detail: string, retryAfterMs?: number) {
    super(detail);
    this.retryAfterMs = retryAfterMs;
  }
}

/** What `fetch` of Node rejects with when no answer came, and what `AbortSignal.timeout` makes of a late one. */
const isLostFetch = (thrown: unknown): boolean =>
  (thrown instanceof TypeError && thrown.message === 'fetch failed') ||
  (thrown instanceof DOMException && thrown.name === 'TimeoutError');

/** The refusal for what `authorize` threw: undefined when it is a mistake of the app, and no outage. */
export function authorizerDown(thrown: unknown): Refusal | undefined {
  const isDown = thrown instanceof AuthorizerDownError;
  if (!isDown && !isLostFetch(thrown)) return undefined;
  const retryAfterMs = isDown ? thrown.retryAfterMs : undefined;
  const detail = 'Who asks cannot be found out at the moment.';
  return { status: 503, code: 'authorize_down', detail, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
