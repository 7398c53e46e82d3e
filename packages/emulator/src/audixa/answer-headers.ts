import type { Knobs } from '../scenario-knobs.ts';
import type { Answer } from './audixa-bodies.ts';
import type { RateWindow } from './rate-window.ts';

const exposed = 'Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Content-Range';
/** The number in the vendor's own example of a 429. */
const usualRetryAfterSeconds = 30;

/** Whether a page may read an answer. CORS is undocumented: open by default, so that pages can be tested. */
export const corsHeaders = (knobs: Knobs = {}): Record<string, string> => ({
  ...(knobs.cors !== 'off' && { 'access-control-allow-origin': '*' }),
  ...(knobs.cors === undefined && { 'access-control-expose-headers': exposed }),
});

/** The answer to a page's question whether it may call. It carries no key, so no scenario can change it. */
export const preflightHeaders: Record<string, string> = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'x-api-key, authorization, content-type, range',
  'access-control-allow-methods': 'GET, HEAD, POST',
  'access-control-max-age': '600',
};

function retryAfter({ status }: Answer, seconds: number | undefined): Record<string, string> {
  if (status === 429) return { 'retry-after': String(seconds ?? usualRetryAfterSeconds) };
  return seconds !== undefined && status >= 400 ? { 'retry-after': String(seconds) } : {};
}

/** Headers of an answer of the API (vendor docs, rate limits: on every response, and `Retry-After` on 429). */
export const answerHeaders = (answer: Answer, rate: RateWindow, knobs: Knobs = {}): Record<string, string> => ({
  'content-type': answer.contentType,
  'x-ratelimit-limit': String(rate.limit),
  'x-ratelimit-remaining': String(answer.status === 429 ? 0 : rate.remaining),
  'x-ratelimit-reset': String(rate.resetAtSeconds),
  ...retryAfter(answer, knobs.retryAfterSeconds),
  ...corsHeaders(knobs),
});
