/**
 * What the three vendors' error pages name: each status, code, close code, response header and body member, and each
 * example of an answer. The project's own copy, so that tests need no network. Read in 2026: docs.audixa.ai
 * (guides/error-codes), finiflowlabs.com/docs/errors, moknah.io/docs/api/errors.
 */
export interface DocumentedFacts {
  readonly statuses: readonly number[];
  readonly codes: readonly string[];
  readonly closeCodes: readonly number[];
  readonly headers: readonly string[];
  /** Members, `[]` standing for any item of a list. */
  readonly members: readonly string[];
  /** Status and body of each printed answer. */
  readonly examples: readonly (readonly [status: number, body: unknown])[];
}

const sautiProblem = (
  status: number,
  code: string,
  title: string,
  detail: string,
  instance?: string,
): readonly [number, object] => [
  status,
  { type: `https://sauti.finiflowlabs.com/errors/${code}`, title, status, detail, ...(instance && { instance }) },
];

const moknahError = (status: number, code: string, message: string, details?: object): readonly [number, object] => [
  status,
  { error: { code, message, ...(details && { details }) } },
];

export const documentedFacts: Readonly<Record<'audixa' | 'sauti' | 'moknah', DocumentedFacts>> = {
  audixa: {
    statuses: [200, 201, 400, 401, 402, 404, 422, 429, 500, 503],
    codes: [],
    closeCodes: [1003, 1008, 1011],
    headers: [],
    members: ['detail', 'errors', 'errors[].field', 'errors[].message'],
    examples: [
      [
        400,
        {
          detail: 'Validation error',
          errors: [
            { field: 'text', message: 'Text is required' },
            { field: 'voice_id', message: 'Invalid voice ID' },
          ],
        },
      ],
      [
        400,
        {
          detail: 'Validation error',
          errors: [
            { field: 'text', message: 'Text is required' },
            { field: 'model', message: "Model must be 'base' or 'advanced'" },
          ],
        },
      ],
      [401, { detail: 'Invalid or missing API key' }],
      [402, { detail: 'Insufficient Balance' }],
      [404, { detail: 'Generation not found' }],
      [429, { detail: 'Rate limit exceeded. Please retry after 30 seconds.' }],
      [500, { detail: 'An unexpected error occurred. Please try again.' }],
    ],
  },
  sauti: {
    statuses: [400, 401, 409, 413, 422, 429, 500],
    codes: [
      'invalid_request',
      'unauthorized',
      'job_not_complete',
      'payload_too_large',
      'unprocessable_content',
      'rate_limit_exceeded',
      'internal_error',
    ],
    closeCodes: [],
    headers: ['Retry-After'],
    members: ['type', 'title', 'status', 'detail', 'instance'],
    examples: [
      sautiProblem(
        400,
        '{error_code}',
        'Human-readable error title',
        'Specific explanation of what went wrong.',
        '/v1/text-to-speech/{voice_id}',
      ),
      sautiProblem(
        400,
        'invalid_request',
        'Invalid Request',
        "Request body is malformed or missing required field 'text'.",
        '/v1/text-to-speech/sauti-swahili-v1',
      ),
      sautiProblem(401, 'unauthorized', 'Unauthorized', 'API key is missing or invalid.'),
      sautiProblem(
        409,
        'job_not_complete',
        'Conflict',
        'Job has not completed yet. Poll the status endpoint before downloading audio.',
        '/v1/tts/jobs/job_abc123/audio',
      ),
      sautiProblem(413, 'payload_too_large', 'Payload Too Large', 'Request body exceeds the maximum allowed size.'),
      sautiProblem(
        429,
        'rate_limit_exceeded',
        'Rate Limit Exceeded',
        'You have exceeded 10 requests per minute for synthesis. Try again shortly.',
      ),
      sautiProblem(
        500,
        'internal_error',
        'Internal Server Error',
        'An unexpected error occurred. Please try again or contact support.',
      ),
    ],
  },
  moknah: {
    statuses: [200, 400, 401, 402, 403, 404, 409, 429, 500],
    codes: [
      'INVALID_REQUEST',
      'UNAUTHORIZED',
      'INSUFFICIENT_CREDITS',
      'FORBIDDEN',
      'NOT_FOUND',
      'CONCURRENT_REQUEST',
      'RATE_LIMIT_EXCEEDED',
      'INTERNAL_ERROR',
    ],
    closeCodes: [],
    headers: ['Moknah-Credits-Remaining', 'Moknah-Credits-Used', 'Retry-After', 'RateLimit-Reset'],
    members: [
      'success',
      'error.code',
      'error.message',
      'error.details.text[]',
      'error.details.voice_id[]',
      'error.details.voice_id',
      'error.details.credits_remaining',
      'error.details.credits_required',
      'error.details.reset_after',
    ],
    examples: [
      moknahError(400, 'INVALID_REQUEST', 'Invalid request parameters', {
        text: ['This field is required.'],
        voice_id: ['Invalid voice ID.'],
      }),
      moknahError(401, 'UNAUTHORIZED', 'Invalid or missing API key'),
      moknahError(402, 'INSUFFICIENT_CREDITS', 'You do not have enough credits to generate speech.', {
        credits_remaining: 50,
        credits_required: 150,
      }),
      moknahError(403, 'FORBIDDEN', "You don't have permission to access this voice"),
      moknahError(404, 'NOT_FOUND', 'Voice not found', { voice_id: 'abc123' }),
      moknahError(409, 'CONCURRENT_REQUEST', 'Another request is already in progress. Please wait for it to complete.'),
      moknahError(429, 'RATE_LIMIT_EXCEEDED', 'Rate limit exceeded. Contact sales@moknah.io to increase limits.', {
        credits_remaining: 0,
        reset_after: 45,
      }),
      moknahError(500, 'INTERNAL_ERROR', 'An unexpected error occurred. Please try again later.'),
    ],
  },
};
