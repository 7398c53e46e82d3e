import type { ErrorCase } from './error-case.ts';

const refused = { retryable: false, billed: 'no' } as const;
const limited = { kind: 'rate-limited', retryable: true, billed: 'no' } as const;
const faulty = { retryable: true, billed: 'unknown' } as const;
const noAudio = { kind: 'not-audio', retryable: false, billed: 'unknown' } as const;

/** Unix 1762300800 is 2025-11-05T00:00:00Z. */
const nowMs = 1_762_300_800_000;

export const audixaCases: readonly ErrorCase[] = [
  // The vendor's page, row by row.
  {
    title: 'documented 400 with two field problems',
    exchange: {
      status: 400,
      body: {
        detail: 'Validation error',
        errors: [
          { field: 'text', message: 'Text is required' },
          { field: 'model', message: "Model must be 'base' or 'advanced'" },
        ],
      },
    },
    kind: 'invalid-request',
    ...refused,
    fields: [
      { path: 'text', message: 'Text is required' },
      { path: 'model', message: "Model must be 'base' or 'advanced'" },
    ],
    says: 'Validation error',
  },
  {
    title: 'documented format with text and voice_id',
    exchange: {
      status: 400,
      body: {
        detail: 'Validation error',
        errors: [
          { field: 'text', message: 'Text is required' },
          { field: 'voice_id', message: 'Invalid voice ID' },
        ],
      },
    },
    kind: 'invalid-request',
    ...refused,
    fields: [
      { path: 'text', message: 'Text is required' },
      { path: 'voice_id', message: 'Invalid voice ID' },
    ],
    says: 'voice_id: Invalid voice ID',
  },
  {
    title: 'documented 401',
    exchange: { status: 401, body: { detail: 'Invalid or missing API key' } },
    kind: 'unauthorized',
    ...refused,
    says: 'Invalid or missing API key',
  },
  {
    title: 'documented 402',
    exchange: { status: 402, body: { detail: 'Insufficient Balance' } },
    kind: 'insufficient-credits',
    ...refused,
    says: 'Insufficient Balance',
  },
  {
    title: 'documented 404',
    exchange: { status: 404, body: { detail: 'Generation not found' } },
    kind: 'not-found',
    ...refused,
    says: 'Generation not found',
  },
  {
    title: 'documented 422 with a field',
    exchange: {
      status: 422,
      body: { detail: 'Validation error', errors: [{ field: 'speed', message: 'Speed must be between 0.5 and 2.0' }] },
    },
    kind: 'invalid-request',
    ...refused,
    fields: [{ path: 'speed', message: 'Speed must be between 0.5 and 2.0' }],
  },
  {
    title: 'documented 429, whose sentence is the last resort for the wait',
    exchange: { status: 429, body: { detail: 'Rate limit exceeded. Please retry after 30 seconds.' } },
    ...limited,
    retryAfterMs: 30_000,
    says: 'Rate limit exceeded. Please retry after 30 seconds.',
  },
  {
    title: 'documented 500',
    exchange: { status: 500, body: { detail: 'An unexpected error occurred. Please try again.' } },
    kind: 'vendor-fault',
    ...faulty,
    says: 'An unexpected error occurred. Please try again.',
  },
  {
    title: 'documented 503, in the vendor’s own JSON: nothing was accepted',
    exchange: { status: 503, body: { detail: 'Service temporarily unavailable' } },
    kind: 'unavailable',
    retryable: true,
    billed: 'no',
    says: 'Service temporarily unavailable',
  },
  {
    title: 'documented 200 without an error',
    exchange: { status: 200, body: { generation_id: 'gen_1', status: 'COMPLETED' } },
    ...noAudio,
    generationId: 'gen_1',
  },
  {
    title: 'documented 201 without an error',
    exchange: { status: 201, body: { generation_id: 'gen_2' } },
    ...noAudio,
    generationId: 'gen_2',
  },

  // Newer and older revisions of its documents.
  {
    title: '402 with the cost',
    exchange: { status: 402, body: { detail: 'Insufficient balance. Cost: $0.0120, wallet: $0.00, topup: $0.00' } },
    kind: 'insufficient-credits',
    ...refused,
    says: 'Cost: $0.0120',
  },
  {
    title: '403 of a plan',
    exchange: { status: 403, body: { detail: 'Access denied for this generation' } },
    kind: 'forbidden',
    ...refused,
  },
  {
    title: 'version 2: detail as an object',
    exchange: { status: 400, body: { detail: { error: 'Text must be at least 30 characters long.' } } },
    kind: 'invalid-request',
    ...refused,
    says: 'Text must be at least 30 characters long.',
  },
  {
    title: 'version 2: 429 with the limit beside the detail',
    exchange: { status: 429, body: { detail: 'Too Many Requests', error: '20 per 1 minute' } },
    ...limited,
    says: 'Too Many Requests',
  },
  {
    title: 'error instead of detail',
    exchange: { status: 400, body: { error: 'Bad model' } },
    kind: 'invalid-request',
    ...refused,
    says: 'Bad model',
  },
  {
    title: 'message instead of detail',
    exchange: { status: 400, body: { message: 'Bad model' } },
    kind: 'invalid-request',
    ...refused,
    says: 'Bad model',
  },
  {
    title: 'a job that failed',
    exchange: {
      status: 200,
      body: { generation_id: 'gen_3', status: 'FAILED', error_message: 'Synthesis failed', input_text: 'The whole text' },
    },
    kind: 'generation-failed',
    retryable: false,
    billed: 'unknown',
    generationId: 'gen_3',
    says: 'Synthesis failed',
  },
  {
    title: 'a job that failed, in the older spelling',
    exchange: { status: 200, body: { generation_id: 'base_7', status: 'Failed', error_message: null } },
    kind: 'generation-failed',
    retryable: false,
    billed: 'unknown',
    generationId: 'base_7',
  },

  // FastAPI, which its errors look like.
  {
    title: 'FastAPI 422 with nested locations',
    exchange: {
      status: 422,
      body: {
        detail: [
          { type: 'missing', loc: ['body', 'text'], msg: 'Field required', input: { voice_id: 'secret text' } },
          {
            type: 'greater_than',
            loc: ['body', 'voice_settings', 'speed'],
            msg: 'Input should be greater than 0',
            ctx: { gt: 0 },
          },
          { type: 'string_type', loc: ['body', 'items', 0, 'text'], msg: 'Input should be a valid string' },
          { type: 'missing', loc: ['query', 'generation_id'], msg: 'Field required' },
        ],
      },
    },
    kind: 'invalid-request',
    ...refused,
    fields: [
      { path: 'text', message: 'Field required' },
      { path: 'voice_settings.speed', message: 'Input should be greater than 0' },
      { path: 'items[0].text', message: 'Input should be a valid string' },
      { path: 'query.generation_id', message: 'Field required' },
    ],
    says: 'text: Field required',
  },
  {
    title: 'FastAPI 422 for a body that is no JSON',
    exchange: {
      status: 422,
      body: {
        detail: [
          {
            type: 'json_invalid',
            loc: ['body', 17],
            msg: 'JSON decode error',
            input: {},
            ctx: { error: 'Expecting value', doc: '{"text":' },
          },
        ],
      },
    },
    kind: 'invalid-request',
    ...refused,
    fields: [{ path: '[17]', message: 'JSON decode error' }],
  },
  {
    title: 'FastAPI 422 about the whole body',
    exchange: { status: 422, body: { detail: [{ loc: ['body'], msg: 'Field required', type: 'missing' }] } },
    kind: 'invalid-request',
    ...refused,
    fields: [{ path: '', message: 'Field required' }],
    says: 'Field required',
  },
  {
    title: 'FastAPI detail as a list of texts',
    exchange: { status: 400, body: { detail: ['First', 'Second'] } },
    kind: 'invalid-request',
    ...refused,
    fields: [
      { path: '', message: 'First' },
      { path: '', message: 'Second' },
    ],
  },
  {
    title: 'FastAPI’s crash in plain text',
    exchange: { status: 500, body: 'Internal Server Error' },
    kind: 'vendor-fault',
    ...faulty,
    says: 'Internal Server Error',
  },

  // Wait hints.
  {
    title: 'Retry-After beats the sentence',
    exchange: { status: 429, headers: { 'Retry-After': '7' }, body: { detail: 'retry after 30 seconds' } },
    ...limited,
    retryAfterMs: 7000,
  },
  {
    title: 'X-RateLimit-Reset in Unix seconds',
    exchange: { status: 429, headers: { 'X-RateLimit-Reset': '1762300842', 'X-RateLimit-Remaining': '0' }, nowMs },
    ...limited,
    retryAfterMs: 42_000,
  },
  {
    title: 'X-RateLimit-Reset measured by the server’s clock, ours being 10 minutes fast',
    exchange: {
      status: 429,
      headers: { 'X-RateLimit-Reset': '1762300842', Date: 'Wed, 05 Nov 2025 00:00:00 GMT' },
      nowMs: nowMs + 600_000,
    },
    ...limited,
    retryAfterMs: 42_000,
  },
  {
    title: 'a zero Retry-After leaves the sentence',
    exchange: { status: 429, headers: { 'Retry-After': '0' }, body: { detail: 'retry after 30 seconds' } },
    ...limited,
    retryAfterMs: 30_000,
  },
  { title: 'no hint at all', exchange: { status: 429, body: { detail: 'Slow down' } }, ...limited },
  {
    title: 'reset headers on a 503 say nothing about it',
    exchange: { status: 503, headers: { 'X-RateLimit-Reset': '1762300842' }, nowMs },
    kind: 'unavailable',
    ...faulty,
  },
];
