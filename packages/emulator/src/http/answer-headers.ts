import type { Knobs } from '../scenario-knobs.ts';
import type { Answer } from './answer.ts';
import { corsHeaders } from './cors.ts';
import { withRetryAfter } from './retry-after-values.ts';
import type { VendorApi } from './vendor-api.ts';

/** All headers of an answer but its length: the account's, its own, Retry-After, CORS. */
export function answerHeaders(
  api: Pick<VendorApi, 'accountHeaders' | 'exposedHeaders'>,
  answer: Answer,
  { apiKey, knobs, nowMs }: { readonly apiKey: string; readonly knobs: Knobs; readonly nowMs: number },
): Record<string, string> {
  // They are asked for even when they are not shown: asking may count.
  const account = api.accountHeaders(apiKey, answer, knobs);
  const headers = { 'content-type': answer.contentType, ...(!knobs.noRateHeaders && account), ...answer.headers };
  return {
    ...(answer.status >= 400 ? withRetryAfter(headers, knobs.retryAfter, nowMs) : headers),
    ...corsHeaders(knobs, api.exposedHeaders, answer.status),
  };
}
