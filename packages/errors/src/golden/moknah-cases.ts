import { djangoCases } from './django-cases.ts';
import type { ErrorCase } from './error-case.ts';

const refused = { retryable: false, billed: 'no' } as const;
const busy = { kind: 'busy', code: 'CONCURRENT_REQUEST', retryable: true } as const;
const limited = { kind: 'rate-limited', code: 'RATE_LIMIT_EXCEEDED', retryable: true, billed: 'no' } as const;
const poor = { kind: 'insufficient-credits', retryable: false, billed: 'no' } as const;

const error = (code: string, message: string, details?: object): object => ({
  error: { code, message, ...(details && { details }) },
});
const failure = (code: string): object => ({ success: false, ...error(code, 'No.') });

export const moknahCases: readonly ErrorCase[] = [
  ...djangoCases,

  // The vendor's page, row by row.
  {
    title: 'documented 400',
    exchange: {
      status: 400,
      body: error('INVALID_REQUEST', 'Invalid request parameters', {
        text: ['This field is required.'],
        voice_id: ['Invalid voice ID.'],
      }),
    },
    kind: 'invalid-request',
    code: 'INVALID_REQUEST',
    ...refused,
    fields: [
      { path: 'text', message: 'This field is required.' },
      { path: 'voice_id', message: 'Invalid voice ID.' },
    ],
    says: 'Invalid request parameters',
  },
  {
    title: 'documented 401',
    exchange: { status: 401, body: error('UNAUTHORIZED', 'Invalid or missing API key') },
    kind: 'unauthorized',
    code: 'UNAUTHORIZED',
    ...refused,
    says: 'Invalid or missing API key',
  },
  {
    title: 'documented 402',
    exchange: {
      status: 402,
      body: error('INSUFFICIENT_CREDITS', 'You do not have enough credits to generate speech.', {
        credits_remaining: 50,
        credits_required: 150,
      }),
    },
    ...poor,
    code: 'INSUFFICIENT_CREDITS',
    credits: { remaining: 50, required: 150 },
    says: 'not have enough credits',
  },
  {
    title: 'documented headers of a 402',
    exchange: {
      status: 402,
      headers: { 'Moknah-Credits-Remaining': '50', 'Moknah-Credits-Used': '150' },
      body: error('INSUFFICIENT_CREDITS', 'No.'),
    },
    ...poor,
    code: 'INSUFFICIENT_CREDITS',
    credits: { remaining: 50, required: 150 },
  },
  {
    title: 'documented 403',
    exchange: { status: 403, body: error('FORBIDDEN', "You don't have permission to access this voice") },
    kind: 'forbidden',
    code: 'FORBIDDEN',
    ...refused,
    says: 'permission',
  },
  {
    title: 'documented 404, whose details are an id and no field problem',
    exchange: { status: 404, body: error('NOT_FOUND', 'Voice not found', { voice_id: 'abc123' }) },
    kind: 'not-found',
    code: 'NOT_FOUND',
    ...refused,
    says: 'Voice not found',
  },
  {
    title: 'documented 409',
    exchange: {
      status: 409,
      body: error('CONCURRENT_REQUEST', 'Another request is already in progress. Please wait for it to complete.'),
    },
    ...busy,
    billed: 'no',
    says: 'already in progress',
  },
  {
    title: 'documented 429',
    exchange: {
      status: 429,
      body: error('RATE_LIMIT_EXCEEDED', 'Rate limit exceeded. Contact sales@moknah.io to increase limits.', {
        credits_remaining: 0,
        reset_after: 45,
      }),
    },
    ...limited,
    credits: { remaining: 0 },
    retryAfterMs: 45_000,
    says: 'Contact sales@moknah.io',
  },
  {
    title: 'documented header of a 429: Retry-After',
    exchange: { status: 429, headers: { 'Retry-After': '45' }, body: error('RATE_LIMIT_EXCEEDED', 'No.') },
    ...limited,
    retryAfterMs: 45_000,
  },
  {
    title: 'documented header of a 429: RateLimit-Reset, a Unix time whatever the drafts say',
    exchange: {
      status: 429,
      headers: { 'RateLimit-Reset': '1699574460', Date: 'Fri, 10 Nov 2023 00:00:15 GMT' },
      body: error('RATE_LIMIT_EXCEEDED', 'No.'),
    },
    ...limited,
    retryAfterMs: 45_000,
  },
  {
    title: 'documented 500',
    exchange: { status: 500, body: error('INTERNAL_ERROR', 'An unexpected error occurred. Please try again later.') },
    kind: 'vendor-fault',
    code: 'INTERNAL_ERROR',
    retryable: true,
    billed: 'unknown',
    says: 'try again later',
  },
  {
    title: 'documented 200 without an error',
    exchange: { status: 200, body: { success: true } },
    kind: 'not-audio',
    retryable: false,
    billed: 'unknown',
  },
  {
    title: 'documented format with success, as Python prints it',
    exchange: {
      status: 400,
      body: '{\n  "success": False,\n  "error": {\n    "code": "ERROR_CODE",\n    "message": "Human-readable error description",\n    "details": {}\n  }\n}',
    },
    kind: 'invalid-request',
    code: 'ERROR_CODE',
    ...refused,
    says: 'Human-readable error description',
  },

  // A 2xx that carries a failure: the code alone decides.
  ...(
    [
      ['INVALID_REQUEST', 'invalid-request', false],
      ['UNAUTHORIZED', 'unauthorized', false],
      ['INSUFFICIENT_CREDITS', 'insufficient-credits', false],
      ['FORBIDDEN', 'forbidden', false],
      ['NOT_FOUND', 'not-found', false],
      ['CONCURRENT_REQUEST', 'busy', true],
      ['RATE_LIMIT_EXCEEDED', 'rate-limited', true],
      ['INTERNAL_ERROR', 'vendor-fault', true],
      ['SOMETHING_NEW', 'unknown', false],
      ['constructor', 'unknown', false],
      // A kind of ours, but not one that a vendor can report.
      ['ABORTED', 'unknown', false],
      ['PLAYBACK_BLOCKED', 'unknown', false],
    ] as const
  ).map(([code, kind, retryable]): ErrorCase => ({
    title: `200 with success false and ${code}`,
    exchange: { status: 200, body: failure(code) },
    kind,
    code,
    retryable,
    billed: 'unknown',
    says: 'No.',
  })),
  {
    title: '200 with an error and no success',
    exchange: { status: 200, body: error('FORBIDDEN', 'No.') },
    kind: 'forbidden',
    code: 'FORBIDDEN',
    retryable: false,
    billed: 'unknown',
  },
  {
    title: '200 with success False and no code',
    exchange: { status: 200, body: '{"success": False}' },
    kind: 'unknown',
    retryable: false,
    billed: 'unknown',
  },

  // Which of status and code decides.
  {
    title: 'CONCURRENT_REQUEST on another status',
    exchange: { status: 400, body: error('CONCURRENT_REQUEST', 'No.') },
    kind: 'invalid-request',
    code: 'CONCURRENT_REQUEST',
    ...refused,
  },
  {
    title: 'another code on a 409',
    exchange: { status: 409, body: error('FORBIDDEN', 'No.') },
    kind: 'conflict',
    code: 'FORBIDDEN',
    ...refused,
  },
  { title: 'a 409 without a body', exchange: { status: 409 }, kind: 'conflict', ...refused },
  {
    title: 'a code that contradicts its status',
    exchange: { status: 403, body: error('NOT_FOUND', 'No.') },
    kind: 'forbidden',
    code: 'NOT_FOUND',
    ...refused,
  },
  {
    title: 'a code that is no text',
    exchange: { status: 400, body: { error: { code: 7, message: 'No.' } } },
    kind: 'invalid-request',
    ...refused,
    says: 'No.',
  },
  {
    title: 'the article API: code at the top',
    exchange: { status: 400, body: { code: 'INVALID_VOICE_ID', message: 'No such voice' } },
    kind: 'invalid-request',
    code: 'INVALID_VOICE_ID',
    ...refused,
    says: 'No such voice',
  },

  // Credits: the body beats the headers, and Used means required on a 402 only.
  {
    title: 'credits in body and headers',
    exchange: {
      status: 402,
      headers: { 'Moknah-Credits-Remaining': '9', 'Moknah-Credits-Used': '8' },
      body: error('INSUFFICIENT_CREDITS', 'No.', { credits_remaining: 50, credits_required: 150 }),
    },
    ...poor,
    code: 'INSUFFICIENT_CREDITS',
    credits: { remaining: 50, required: 150 },
  },
  {
    title: 'credits as text, and none left',
    exchange: { status: 402, body: error('INSUFFICIENT_CREDITS', 'No.', { credits_remaining: '0', credits_required: '150' }) },
    ...poor,
    code: 'INSUFFICIENT_CREDITS',
    credits: { remaining: 0, required: 150 },
  },
  {
    title: 'one half in the body, the other in a header',
    exchange: { status: 402, headers: { 'moknah-credits-used': '150' }, body: error('X', 'No.', { credits_remaining: 50 }) },
    ...poor,
    code: 'X',
    credits: { remaining: 50, required: 150 },
  },
  {
    title: 'used credits on a 429 were not required',
    exchange: { status: 429, headers: { 'Moknah-Credits-Remaining': '10000', 'Moknah-Credits-Used': '5000' } },
    kind: 'rate-limited',
    retryable: true,
    billed: 'no',
    credits: { remaining: 10_000 },
  },
  {
    title: 'an overdrawn account',
    exchange: { status: 402, body: error('INSUFFICIENT_CREDITS', 'No.', { credits_remaining: '-5' }) },
    ...poor,
    code: 'INSUFFICIENT_CREDITS',
    credits: { remaining: -5 },
  },
  {
    title: 'a 402 that tells no credits',
    exchange: { status: 402, body: error('INSUFFICIENT_CREDITS', 'No.', { credits_remaining: null }) },
    ...poor,
    code: 'INSUFFICIENT_CREDITS',
  },
  { title: 'credits that are no numbers', exchange: { status: 402, headers: { 'Moknah-Credits-Remaining': 'many' } }, ...poor },
];
