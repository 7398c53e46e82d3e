import { jsonAnswer as json, proxyAnswer, type Answer } from '../http/answer.ts';

/**
 * One for each status that a scenario can ask for. The words of 400, 401, 402, 404, 429 and 500 are the vendor's
 * (error page); 403, 409, 413 and 503 have its shape and words of ours; 422 is the shape of the framework that the
 * vendor seems to use (inferred); 502, 504 and 520 come from proxies and are pages.
 */
const answers: Readonly<Record<number, Answer>> = {
  400: json(400, {
    detail: 'Validation error',
    errors: [
      { field: 'text', message: 'Text is required' },
      { field: 'model', message: "Model must be 'base' or 'advanced'" },
    ],
  }),
  401: json(401, { detail: 'Invalid or missing API key' }),
  402: json(402, { detail: 'Insufficient Balance' }),
  403: json(403, { detail: 'Your plan does not include this model' }),
  404: json(404, { detail: 'Generation not found' }),
  409: json(409, { detail: 'Conflict' }),
  413: json(413, { detail: 'Request body too large' }),
  422: json(422, { detail: [{ loc: ['body', 'text'], msg: 'field required', type: 'value_error.missing' }] }),
  // The number in the text is the vendor's own example, and not reliable.
  429: { ...json(429, { detail: 'Rate limit exceeded. Please retry after 30 seconds.' }), headers: { 'retry-after': '30' } },
  500: json(500, { detail: 'An unexpected error occurred. Please try again.' }),
  503: json(503, { detail: 'Service temporarily unavailable' }),
};

/** The answer of a status. */
export const answerOf = (status: number): Answer =>
  proxyAnswer(status) ?? answers[status] ?? json(status, { detail: `Status ${status}` });

/** What a path or a method gets that the API does not have (inferred). */
export const noSuchPath: Answer = json(404, { detail: 'Not Found' });

/** A successful JSON answer. */
export const success = (body: object, status = 200): Answer => json(status, body);

/** The answer to a request that breaks rules (vendor docs, error page), or in one of the other shapes that were seen. */
export function brokenRules(
  errors: readonly { readonly field: string; readonly message: string }[],
  shape?: '422' | 'detail-object',
): Answer {
  if (shape === 'detail-object') return json(400, { detail: { error: errors[0]?.message } });
  if (shape === '422') {
    return json(422, {
      detail: errors.map(({ field, message }) => ({ loc: ['body', field], msg: message, type: 'value_error' })),
    });
  }
  return json(400, { detail: 'Validation error', errors });
}

/** An `error` frame (vendor docs, streaming page). */
export const errorFrame = (message: string): string => JSON.stringify({ type: 'error', message });

/** Messages of `error` frames by close code; the first is the vendor's, the others are ours. */
const closeMessages: Readonly<Record<number, string>> = {
  1_008: 'Invalid API Key',
  1_003: 'Invalid payload',
  1_011: 'Internal error',
};

/** What the `error` frame before a close says. */
export const messageOfClose = (code: number): string => closeMessages[code] ?? 'The stream was ended';
