import type { RateWindow } from './rate-window.ts';

/** What a page may read when CORS is on. */
export const exposedHeaders = ['Retry-After', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset', 'Content-Range'];

/** Rate headers of an answer (vendor docs, rate limits: on every response). */
export const rateHeaders = (rate: RateWindow, status: number): Record<string, string> => ({
  'x-ratelimit-limit': String(rate.limit),
  'x-ratelimit-remaining': String(status === 429 ? 0 : rate.remaining),
  'x-ratelimit-reset': String(rate.resetAtSeconds),
});
