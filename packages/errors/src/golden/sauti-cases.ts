import type { ErrorCase } from './error-case.ts';

const refused = { retryable: false, billed: 'no' } as const;
const limited = { kind: 'rate-limited', code: 'rate_limit_exceeded', retryable: true, billed: 'no' } as const;

const type = (code: string): string => `https://sauti.finiflowlabs.com/errors/${code}`;

export const sautiCases: readonly ErrorCase[] = [
  // The vendor's page, row by row.
  {
    title: 'documented 400',
    exchange: {
      status: 400,
      body: {
        type: type('invalid_request'),
        title: 'Invalid Request',
        status: 400,
        detail: "Request body is malformed or missing required field 'text'.",
        instance: '/v1/text-to-speech/sauti-swahili-v1',
      },
    },
    kind: 'invalid-request',
    code: 'invalid_request',
    ...refused,
    says: "missing required field 'text'",
  },
  {
    title: 'documented 401',
    exchange: {
      status: 401,
      body: { type: type('unauthorized'), title: 'Unauthorized', status: 401, detail: 'API key is missing or invalid.' },
    },
    kind: 'unauthorized',
    code: 'unauthorized',
    ...refused,
    says: 'API key is missing or invalid.',
  },
  {
    title: 'documented 409',
    exchange: {
      status: 409,
      body: {
        type: type('job_not_complete'),
        title: 'Conflict',
        status: 409,
        detail: 'Job has not completed yet. Poll the status endpoint before downloading audio.',
        instance: '/v1/tts/jobs/job_abc123/audio',
      },
    },
    kind: 'not-ready',
    code: 'job_not_complete',
    retryable: true,
    billed: 'no',
    says: 'Job has not completed yet.',
  },
  {
    title: 'documented 413',
    exchange: {
      status: 413,
      body: {
        type: type('payload_too_large'),
        title: 'Payload Too Large',
        status: 413,
        detail: 'Request body exceeds the maximum allowed size.',
      },
    },
    kind: 'too-large',
    code: 'payload_too_large',
    ...refused,
    says: 'exceeds the maximum',
  },
  {
    title: 'documented 422, of which the page has no example',
    exchange: {
      status: 422,
      body: {
        type: type('unprocessable_content'),
        title: 'Unprocessable Content',
        status: 422,
        detail: "Unsupported voice_id 'sauti-swahili-v2'.",
      },
    },
    kind: 'invalid-request',
    code: 'unprocessable_content',
    ...refused,
    says: "Unsupported voice_id 'sauti-swahili-v2'.",
  },
  {
    title: 'documented 429',
    exchange: {
      status: 429,
      headers: {
        'Retry-After': '23',
        'X-RateLimit-Limit': '10',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': '1762300900',
      },
      body: {
        type: type('rate_limit_exceeded'),
        title: 'Rate Limit Exceeded',
        status: 429,
        detail: 'You have exceeded 10 requests per minute for synthesis. Try again shortly.',
      },
    },
    ...limited,
    retryAfterMs: 23_000,
    says: '10 requests per minute',
  },
  {
    title: 'documented 500',
    exchange: {
      status: 500,
      body: {
        type: type('internal_error'),
        title: 'Internal Server Error',
        status: 500,
        detail: 'An unexpected error occurred. Please try again or contact support.',
      },
    },
    kind: 'vendor-fault',
    code: 'internal_error',
    retryable: true,
    billed: 'unknown',
    says: 'contact support',
  },
  {
    title: 'documented format, whose braces are placeholders',
    exchange: {
      status: 400,
      body: {
        type: type('{error_code}'),
        title: 'Human-readable error title',
        status: 400,
        detail: 'Specific explanation of what went wrong.',
        instance: '/v1/text-to-speech/{voice_id}',
      },
    },
    kind: 'invalid-request',
    code: '{error_code}',
    ...refused,
    says: 'Specific explanation of what went wrong.',
  },

  // RFC 9457, as it may also be used.
  {
    title: 'about:blank gives no code',
    exchange: { status: 404, body: { type: 'about:blank', title: 'Not Found', status: 404 } },
    kind: 'not-found',
    ...refused,
    says: 'Not Found',
  },
  {
    title: 'no type gives no code',
    exchange: { status: 404, body: { title: 'Not Found' } },
    kind: 'not-found',
    ...refused,
    says: 'Not Found',
  },
  {
    title: 'a type that is no text counts as absent',
    exchange: { status: 400, body: { type: 7, detail: 'Odd' } },
    kind: 'invalid-request',
    ...refused,
    says: 'Odd',
  },
  {
    title: 'a detail that is no text counts as absent',
    exchange: { status: 400, body: { title: 'Odd', detail: 7 } },
    kind: 'invalid-request',
    ...refused,
    says: 'Odd',
  },
  {
    title: 'a relative type',
    exchange: { status: 401, body: { type: '/errors/unauthorized' } },
    kind: 'unauthorized',
    code: 'unauthorized',
    ...refused,
  },
  {
    title: 'a type with a trailing slash',
    exchange: { status: 401, body: { type: `${type('unauthorized')}/` } },
    kind: 'unauthorized',
    code: 'unauthorized',
    ...refused,
  },
  {
    title: 'a type with query and fragment',
    exchange: { status: 401, body: { type: `${type('unauthorized')}?v=1#top` } },
    kind: 'unauthorized',
    code: 'unauthorized',
    ...refused,
  },
  {
    title: 'a type without a path gives no code',
    exchange: { status: 401, body: { type: 'https://sauti.finiflowlabs.com' } },
    kind: 'unauthorized',
    ...refused,
  },
  {
    title: 'the HTTP status decides over the one in the body',
    exchange: { status: 500, body: { type: type('rate_limit_exceeded'), status: 429 } },
    kind: 'vendor-fault',
    code: 'rate_limit_exceeded',
    retryable: true,
    billed: 'unknown',
  },
  {
    title: 'a code decides only on the status it belongs to',
    exchange: { status: 400, body: { type: type('job_not_complete') } },
    kind: 'invalid-request',
    code: 'job_not_complete',
    ...refused,
  },
  {
    title: 'another 409 is a conflict',
    exchange: { status: 409, body: { type: type('duplicate') } },
    kind: 'conflict',
    code: 'duplicate',
    ...refused,
  },
  {
    title: 'the RFC’s own validation example: pointers',
    exchange: {
      status: 422,
      body: {
        type: type('unprocessable_content'),
        title: 'Not valid.',
        errors: [
          { detail: 'must be a positive number', pointer: '#/voice_settings/speaking_rate' },
          { detail: 'is too long', pointer: '#/items/0/text' },
        ],
      },
    },
    kind: 'invalid-request',
    code: 'unprocessable_content',
    ...refused,
    fields: [
      { path: 'voice_settings.speaking_rate', message: 'must be a positive number' },
      { path: 'items[0].text', message: 'is too long' },
    ],
  },

  // What is not on the page.
  { title: '403', exchange: { status: 403 }, kind: 'forbidden', ...refused },
  {
    title: 'FastAPI’s 404',
    exchange: { status: 404, body: { detail: 'Not Found' } },
    kind: 'not-found',
    ...refused,
    says: 'Not Found',
  },
  {
    title: 'FastAPI’s 422 in place of a problem',
    exchange: { status: 422, body: { detail: [{ loc: ['body', 'text'], msg: 'Field required', type: 'missing' }] } },
    kind: 'invalid-request',
    ...refused,
    fields: [{ path: 'text', message: 'Field required' }],
  },
  {
    title: 'a job that failed',
    exchange: { status: 200, body: { job_id: 'job_abc123', status: 'failed', error: 'Voice crashed' } },
    kind: 'generation-failed',
    retryable: false,
    billed: 'unknown',
    generationId: 'job_abc123',
    says: 'Voice crashed',
  },
  {
    title: 'a job that goes on is no failure of the job',
    exchange: { status: 200, body: { job_id: 'job_abc123', status: 'running' } },
    kind: 'not-audio',
    retryable: false,
    billed: 'unknown',
    generationId: 'job_abc123',
  },
  {
    title: 'Retry-After as a date, by the server’s clock',
    exchange: {
      status: 429,
      headers: { 'Retry-After': 'Wed, 05 Nov 2025 00:00:10 GMT', Date: 'Wed, 05 Nov 2025 00:00:00 GMT' },
      body: { type: type('rate_limit_exceeded') },
    },
    ...limited,
    retryAfterMs: 10_000,
  },
];
