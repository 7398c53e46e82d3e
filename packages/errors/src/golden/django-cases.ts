import type { ErrorCase } from './error-case.ts';

const refused = { retryable: false, billed: 'no' } as const;
const limited = { kind: 'rate-limited', code: 'RATE_LIMIT_EXCEEDED', retryable: true, billed: 'no' } as const;

const error = (code: string, message: string, details: object): object => ({ error: { code, message, details } });

/** Django REST framework's shapes, which Moknah's messages look like. */
export const djangoCases: readonly ErrorCase[] = [
  {
    title: 'nested maps',
    exchange: {
      status: 400,
      body: {
        text: ['This field is required.'],
        voice_settings: { speed: ['Too fast.', 'Not a number.'] },
        non_field_errors: ['Not both.'],
      },
    },
    kind: 'invalid-request',
    ...refused,
    fields: [
      { path: 'text', message: 'This field is required.' },
      { path: 'voice_settings.speed', message: 'Too fast.' },
      { path: 'voice_settings.speed', message: 'Not a number.' },
      { path: '', message: 'Not both.' },
    ],
  },
  {
    title: 'a list of maps',
    exchange: { status: 400, body: [{}, { text: ['Too long.'] }] },
    kind: 'invalid-request',
    ...refused,
    fields: [{ path: '[1].text', message: 'Too long.' }],
  },
  {
    title: 'a list inside a map',
    exchange: { status: 400, body: error('INVALID_REQUEST', 'No.', { items: [{ text: ['Too long.'] }, {}] }) },
    kind: 'invalid-request',
    code: 'INVALID_REQUEST',
    ...refused,
    fields: [{ path: 'items[0].text', message: 'Too long.' }],
  },
  {
    title: 'a list of texts',
    exchange: { status: 400, body: ['Too long.'] },
    kind: 'invalid-request',
    ...refused,
    fields: [{ path: '', message: 'Too long.' }],
  },
  {
    title: 'details with a plain text on a 400',
    exchange: { status: 400, body: error('INVALID_REQUEST', 'No.', { text: 'Too long.' }) },
    kind: 'invalid-request',
    code: 'INVALID_REQUEST',
    ...refused,
    fields: [{ path: 'text', message: 'Too long.' }],
  },
  {
    title: 'throttled',
    exchange: { status: 429, body: { detail: 'Request was throttled. Expected available in 60 seconds.' } },
    kind: 'rate-limited',
    retryable: true,
    billed: 'no',
    retryAfterMs: 60_000,
  },
  {
    title: 'reset_after as text',
    exchange: { status: 429, body: error('RATE_LIMIT_EXCEEDED', 'No.', { reset_after: '45' }) },
    ...limited,
    retryAfterMs: 45_000,
  },
  {
    title: 'reset headers come with every answer and hint at nothing but a 429',
    exchange: { status: 500, headers: { 'RateLimit-Reset': '30' } },
    kind: 'vendor-fault',
    retryable: true,
    billed: 'unknown',
  },
];
