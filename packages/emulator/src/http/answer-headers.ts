import type { Answer } from './answer.ts';
import { corsHeaders } from './cors.ts';
import { withRetryAfter } from './retry-after-values.ts';
import type { Asked, VendorApi } from './vendor-api.ts';

/** All headers of an answer but its length: the account's, its own, Retry-After, CORS. */
export function answerHeaders(
  api: Pick<VendorApi, 'accountHeaders' | 'exposedHeaders'>,
  answer: Answer,
  asked: Asked,
  nowMs: number,
): Record<string, string> {
  const { knobs } = asked;
  // They are asked for even when they are not shown: asking may count.
  const account = api.accountHeaders(asked, answer);
  const headers = { 'content-type': answer.contentType, ...(!knobs.noRateHeaders && account), ...answer.headers };
  return {
    ...(answer.status >= 400 ? withRetryAfter(headers, knobs.retryAfter, nowMs) : headers),
    ...corsHeaders(knobs, api.exposedHeaders, answer.status),
  };
}
