import type { ErrorCase } from './error-case.ts';

const refused = { retryable: false, billed: 'no' } as const;
const faulty = { retryable: true, billed: 'unknown' } as const;
const noAudio = { kind: 'not-audio', retryable: false, billed: 'unknown' } as const;
const nothing = { kind: 'unknown', retryable: false, billed: 'unknown' } as const;
const odd = { kind: 'bad-response', retryable: false, billed: 'unknown' } as const;

/** By status alone, as documented for all vendors together. */
const statuses: readonly (readonly [number, Pick<ErrorCase, 'kind' | 'retryable' | 'billed'>])[] = [
  [100, odd],
  [200, noAudio],
  [204, noAudio],
  [301, odd],
  [304, odd],
  [400, { kind: 'invalid-request', ...refused }],
  [401, { kind: 'unauthorized', ...refused }],
  [402, { kind: 'insufficient-credits', ...refused }],
  [403, { kind: 'forbidden', ...refused }],
  [404, { kind: 'not-found', ...refused }],
  [405, { kind: 'invalid-request', ...refused }],
  [408, { kind: 'unavailable', retryable: true, billed: 'no' }],
  [409, { kind: 'conflict', ...refused }],
  [410, { kind: 'invalid-request', ...refused }],
  [413, { kind: 'too-large', ...refused }],
  [415, { kind: 'invalid-request', ...refused }],
  [422, { kind: 'invalid-request', ...refused }],
  [425, { kind: 'unavailable', retryable: true, billed: 'no' }],
  [429, { kind: 'rate-limited', retryable: true, billed: 'no' }],
  [451, { kind: 'invalid-request', ...refused }],
  [499, { kind: 'invalid-request', ...refused }],
  [500, { kind: 'vendor-fault', ...faulty }],
  [501, { kind: 'vendor-fault', ...faulty }],
  [505, { kind: 'vendor-fault', ...faulty }],
  ...[502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530].map(
    (status) => [status, { kind: 'unavailable', ...faulty }] as const,
  ),
  [519, { kind: 'vendor-fault', ...faulty }],
  [528, { kind: 'vendor-fault', ...faulty }],
  [599, { kind: 'vendor-fault', ...faulty }],
];

/** What any server, proxy or broken client may hand to any of the parsers. */
export const anyVendorCases: readonly ErrorCase[] = [
  ...statuses.map(([status, expected]): ErrorCase => ({ title: `status ${status} alone`, exchange: { status }, ...expected })),
  ...[0, Number.NaN, -1, 99, 600, 1000, 200.5].map((status): ErrorCase => ({
    title: `no HTTP status: ${status}`,
    exchange: { status },
    ...nothing,
  })),

  // Pages and texts of proxies.
  {
    title: 'nginx’s page, of which the title stays',
    exchange: {
      status: 502,
      headers: { 'Content-Type': 'text/html' },
      body: '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body></html>',
    },
    kind: 'unavailable',
    ...faulty,
    says: ': 502 Bad Gateway',
  },
  {
    title: 'a page under a JSON content type',
    exchange: {
      status: 503,
      headers: { 'Content-Type': 'application/json' },
      body: '<!DOCTYPE html><title lang="en">Down</title>',
    },
    kind: 'unavailable',
    ...faulty,
    says: 'Down',
  },
  {
    title: 'a page in capitals',
    exchange: { status: 500, body: '<HTML><TITLE>Down</TITLE>' },
    kind: 'vendor-fault',
    ...faulty,
    says: 'Down',
  },
  {
    title: 'a page without a title',
    exchange: { status: 500, body: '<html><body>Secret internals</body></html>' },
    kind: 'vendor-fault',
    ...faulty,
  },
  {
    title: 'a page in place of audio',
    exchange: { status: 200, body: '<html><title>Sign in</title></html>' },
    ...noAudio,
    says: 'Sign in',
  },
  {
    title: 'plain text, of which the first line stays',
    exchange: { status: 500, body: 'Boom\nTraceback: everything' },
    kind: 'vendor-fault',
    ...faulty,
    says: ': Boom',
  },
  { title: 'an empty body', exchange: { status: 500, body: '' }, kind: 'vendor-fault', ...faulty },
  { title: 'an empty body in place of audio', exchange: { status: 200, body: '' }, ...noAudio },
  { title: 'null', exchange: { status: 503, body: null }, kind: 'unavailable', ...faulty },
  {
    title: 'a text in JSON',
    exchange: { status: 400, body: '"Too long"' },
    kind: 'invalid-request',
    ...refused,
    says: 'Too long',
    asIs: true,
  },
  {
    title: 'JSON cut off',
    exchange: { status: 400, body: '{"detail":"Too lo' },
    kind: 'invalid-request',
    ...refused,
    asIs: true,
  },
  {
    title: 'JSON after a byte order mark and blanks',
    exchange: { status: 400, body: '\ufeff \n{"detail":"Too long"}' },
    kind: 'invalid-request',
    ...refused,
    says: 'Too long',
  },
  {
    title: 'JSON as text/plain',
    exchange: { status: 400, headers: { 'content-type': 'text/plain' }, body: '{"detail":"Too long"}' },
    kind: 'invalid-request',
    ...refused,
    says: 'Too long',
  },
  { title: 'JSON of a number', exchange: { status: 400, body: '7' }, kind: 'invalid-request', ...refused, asIs: true },
  {
    title: 'a 503 in JSON refuses before anything was done',
    exchange: { status: 503, body: [] },
    kind: 'unavailable',
    retryable: true,
    billed: 'no',
  },

  // Hostile bodies.
  {
    title: '5,000 levels',
    exchange: { status: 400, body: '{"a":'.repeat(5000) + '1' + '}'.repeat(5000) },
    kind: 'invalid-request',
    ...refused,
  },
  {
    title: '5,000 lists',
    exchange: { status: 400, body: '['.repeat(5000) + ']'.repeat(5000) },
    kind: 'invalid-request',
    ...refused,
  },
  {
    title: '__proto__ and constructor as fields',
    exchange: {
      status: 400,
      body: '{"errors":{"__proto__":["bad"],"constructor":{"prototype":["bad"]},"text":["good"]},"__proto__":{"polluted":["bad"]}}',
    },
    kind: 'invalid-request',
    ...refused,
    fields: [{ path: 'text', message: 'good' }],
  },
  {
    title: 'members that break coercion',
    exchange: {
      status: 400,
      body: '{"detail":{"toString":"x","valueOf":1},"error":{"message":{"toString":1},"code":{"toString":1}},"message":"Still read"}',
    },
    kind: 'invalid-request',
    ...refused,
    says: 'Still read',
  },
  {
    title: 'control and bidirectional characters',
    exchange: { status: 400, body: { detail: 'a\u0000b\u001b[31mc\u202Ed\u2066e\u0085f\u2028g\n\th\ud800' } },
    kind: 'invalid-request',
    ...refused,
    says: 'a b [31mc d e f g h',
  },
  {
    title: 'markup in JSON',
    exchange: { status: 400, body: { detail: '<img src=x onerror=alert(1)>Bad <b>text</b>' } },
    kind: 'invalid-request',
    ...refused,
    says: 'Bad text',
  },
  {
    title: 'numbers in place of messages',
    exchange: { status: 400, body: { errors: [{ field: 'text', message: 7 }], details: { a: [1, true, null] } } },
    kind: 'invalid-request',
    ...refused,
  },
  {
    title: 'blank messages',
    exchange: { status: 400, body: { detail: '  ', errors: [{ field: 'text', message: ' ' }] } },
    kind: 'invalid-request',
    ...refused,
  },
];
