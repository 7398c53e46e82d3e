import { jsonAnswer, proxyAnswer, type Answer } from '../http/answer.ts';
import type { MoknahKnobs } from './moknah-scenarios.ts';

/** An error of the vendor's. */
export interface MoknahError {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The vendor's page of errors, word for word. 413 and 503 are not on it: words of ours. */
const errors: Readonly<Record<number, MoknahError>> = {
  400: {
    code: 'INVALID_REQUEST',
    message: 'Invalid request parameters',
    details: { text: ['This field is required.'], voice_id: ['Invalid voice ID.'] },
  },
  401: { code: 'UNAUTHORIZED', message: 'Invalid or missing API key' },
  402: {
    code: 'INSUFFICIENT_CREDITS',
    message: 'You do not have enough credits to generate speech.',
    details: { credits_remaining: 50, credits_required: 150 },
  },
  403: { code: 'FORBIDDEN', message: "You don't have permission to access this voice" },
  404: { code: 'NOT_FOUND', message: 'Voice not found', details: { voice_id: 'abc123' } },
  409: {
    code: 'CONCURRENT_REQUEST',
    message: 'Another request is already in progress. Please wait for it to complete.',
  },
  413: { code: 'INVALID_REQUEST', message: 'Request body too large' },
  429: {
    code: 'RATE_LIMIT_EXCEEDED',
    message: 'Rate limit exceeded. Contact sales@moknah.io to increase limits.',
    details: { credits_remaining: 0, reset_after: 45 },
  },
  500: { code: 'INTERNAL_ERROR', message: 'An unexpected error occurred. Please try again later.' },
  503: { code: 'UNAVAILABLE', message: 'Service unavailable' },
};

/** Details of types that no sample shows. */
const oddDetails = { text: 'required', voice_id: { code: 'invalid' }, list: [1, null], credits_remaining: '50' };

/** An error of a status, with other details where the occasion has them. */
export function errorAnswer(status: number, { envelope }: MoknahKnobs, details?: MoknahError['details']): Answer {
  const page = proxyAnswer(status);
  if (page) return page;
  const known = errors[status] ?? { code: 'ERROR', message: `Status ${status}` };
  const given = envelope === 'odd-details' ? oddDetails : (details ?? known.details);
  const error = { code: known.code, message: known.message, ...(given && { details: given }) };
  if (envelope === 'bare') return jsonAnswer(status, { error });
  if (envelope === 'ok-status') return jsonAnswer(200, { success: false, error });
  const answer = jsonAnswer(status, { success: false, error });
  return envelope === 'python' ? { ...answer, body: String(answer.body).replace('"success":false', '"success": False') } : answer;
}
