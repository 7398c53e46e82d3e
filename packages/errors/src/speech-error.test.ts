import { describe, expect, test } from 'vitest';

import { speechErrorKinds, type SpeechErrorKind } from './speech-error-kind.ts';
import { isSpeechError, SpeechError, type SpeechErrorFacts } from './speech-error.ts';

const made = (facts: Partial<SpeechErrorFacts> = {}): SpeechError =>
  new SpeechError({ kind: 'unknown', vendor: 'audixa', message: 'It failed.', ...facts });

/** The contract's column "retryable". */
const retryable: ReadonlySet<SpeechErrorKind> = new Set([
  'not-ready',
  'busy',
  'rate-limited',
  'vendor-fault',
  'unavailable',
  'connection-lost',
  'unreachable',
  'timeout',
]);

test('there are 22 kinds, each once', () => {
  expect(speechErrorKinds).toHaveLength(22);
  expect(new Set(speechErrorKinds).size).toBe(22);
});

test.each(speechErrorKinds)('%s has its default advice, and retries as the contract says', (kind) => {
  const error = made({ kind });
  expect(error).toMatchObject({
    kind,
    vendor: 'audixa',
    message: 'It failed.',
    billed: 'unknown',
    fields: [],
    retryable: retryable.has(kind),
  });
  expect(error.advice).toMatch(/^[A-Z][^+]+\.$/);
});

test('facts that are undefined are absent', () => {
  const error = made({
    status: undefined,
    code: undefined,
    close: undefined,
    fields: undefined,
    retryAfterMs: undefined,
    credits: undefined,
    retryable: undefined,
    billed: undefined,
    limit: undefined,
    advice: undefined,
    requestId: undefined,
    generationId: undefined,
    cause: undefined,
  });
  expect(Object.keys(error).sort()).toEqual(['advice', 'billed', 'fields', 'kind', 'retryable', 'vendor']);
  expect('cause' in error).toBe(false);
});

test('facts that are given are kept, also those that differ from the default', () => {
  const facts = {
    kind: 'rate-limited',
    status: 429,
    code: 'X_Y',
    close: { code: 4429, reason: '', wasClean: true, phase: 'waiting' },
    fields: [{ path: 'a', message: 'b' }],
    retryAfterMs: 0,
    credits: { remaining: 0, required: 5 },
    retryable: false,
    billed: 'yes',
    limit: 'stall',
    advice: 'Do this.',
    requestId: '123e4567-e89b-12d3-a456-426614174000',
    generationId: 'gen_0123456789abcdef0123456789abcdef',
  } as const;
  expect({ ...made(facts) }).toEqual({ vendor: 'audixa', ...facts });
});

test('numbers that are none vanish', () => {
  expect('retryAfterMs' in made({ retryAfterMs: Infinity })).toBe(false);
  expect('retryAfterMs' in made({ retryAfterMs: NaN })).toBe(false);
  expect(made({ credits: { remaining: NaN, required: 5 } }).credits).toEqual({ required: 5 });
});

test('a timeout always names a limit', () => {
  expect(made({ kind: 'timeout' }).limit).toBe('total');
  expect(made({ kind: 'timeout', limit: 'connect' }).limit).toBe('connect');
  expect(made({ kind: 'aborted' }).limit).toBeUndefined();
});

test('it is an Error with its own name, a stack and the cause it was given', () => {
  const cause = new Error('below');
  const error = made({ cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toBeInstanceOf(SpeechError);
  expect(error.cause).toBe(cause);
  expect(String(error)).toBe('SpeechError: It failed.');
  expect(error.stack).toMatch(/speech-error/);
});

describe('isSpeechError', () => {
  test('knows an error by its brand, also of another copy of the library', () => {
    expect(isSpeechError(made())).toBe(true);
    const foreign = Object.assign(new Error('x'), { [Symbol.for('saystream.SpeechError')]: true, kind: 'busy' });
    expect(isSpeechError(foreign)).toBe(true);
  });
  test.each([undefined, null, 7, 'SpeechError', {}, new Error('x'), { kind: 'busy', name: 'SpeechError' }])(
    'refuses %s',
    (thrown) => {
      expect(isSpeechError(thrown)).toBe(false);
    },
  );
});

test('isSpeechError survives a revoked proxy', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(isSpeechError(proxy)).toBe(false);
});

describe('its JSON', () => {
  test('carries message and facts, and no stack and no cause', () => {
    const json = JSON.parse(JSON.stringify(made({ status: 500, cause: new Error('below') }))) as object;
    expect(json).toEqual({
      name: 'SpeechError',
      message: 'It failed.',
      kind: 'unknown',
      vendor: 'audixa',
      status: 500,
      billed: 'unknown',
      fields: [],
      retryable: false,
      advice: 'Check the message.',
    });
  });

  test.each(['€', '"', '\\', '😀', '\u0000', '\ud800', 'a'])('stays under 64 KiB when everything is full of %j', (character) => {
    const long = character.repeat(100_000);
    const error = made({
      message: long,
      code: long,
      advice: long,
      requestId: long,
      generationId: long,
      vendor: long,
      close: { code: 1006, reason: long, wasClean: false, phase: 'waiting' },
      fields: Array.from({ length: 1000 }, () => ({ path: long, message: long })),
    });
    expect(new TextEncoder().encode(JSON.stringify(error)).length).toBeLessThanOrEqual(65_536);
    expect(error.message.length).toBeLessThanOrEqual(2000);
    expect(error.fields).toHaveLength(50);
  });
});

test('control, bidirectional and half characters are in no text', () => {
  const bad = 'a\u0000\u0007\u001b[0m\u0085\u200e\u200f\u061c\u202a\u202e\u2066\u2069\u2028\u2029\ufeff\ud800\r\nb';
  const error = made({
    message: bad,
    code: bad,
    fields: [{ path: bad, message: bad }],
    advice: bad,
    close: { code: 1006, reason: bad, wasClean: false, phase: 'waiting' },
  });
  expect(JSON.stringify(error)).not.toMatch(/\\[nrtu]/);
  expect(error.message).toBe('a [0m b');
  expect(error.fields[0]).toEqual({ path: 'a [0m b', message: 'a [0m b' });
});

describe('no secret is in message, JSON or stack:', () => {
  test.each([
    'Invalid API key: sk_live_abcdefABCDEF',
    'Invalid API key SECRET-KEY-1 was given',
    'API key provided is SECRET_KEY',
    'x-api-key: SECRETKEY',
    'Authorization: Bearer SECRET-TOKEN',
    'bearer eyJhbGciOiJIUzI1NiJ9SECRET.eyJzdWIiOiIxIn0SECRET.c2lnbmF0dXJlMTIzNDU2Nzg5MDEyMzQ1',
    '{"token":"SECRETTOKEN"}',
    "token='SECRETTOKEN'",
    'client_secret=SECRETVALUE&x=1',
    'GET https://cdn.audixa.ai/audio/gen_1.wav?X-Amz-Signature=SECRET&Expires=1 failed',
    'wss://api.audixa.ai/v3/tts/stream?api_key=SECRET',
    '/v3/tts/stream?api_key=SECRET',
    'https://cdn.audixa.ai/audio/gen_1.wav?SECRETSIGNATURE',
    'https://cdn.audixa.ai/#access_token=SECRET',
    'https://user:SECRET@relay.example/speech',
    'The value 0123456789SECRETabcdef0123456789 is unknown',
  ])('%s', (message) => {
    const error = made({
      message,
      fields: [{ path: 'key', message }],
      close: { code: 1006, reason: message, wasClean: false, phase: 'waiting' },
    });
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toMatch(/SECRET|sk_live/);
  });
});

test('the sign that marks what may be retried is no part of the advice', () => {
  expect(made({ kind: 'rate-limited' })).toMatchObject({ advice: 'Send less often.', retryable: true });
});

test('a secret across the cut is not shown in half', () => {
  const { message } = made({ message: `${'x '.repeat(990)}SECRET0123456789abcdef0123456789SECRET` });
  expect(message).not.toContain('SECRET');
});

test.each([
  'Invalid or missing API key',
  'API key is missing, malformed or has been revoked.',
  'Rate limit exceeded. Please retry after 30 seconds.',
  "Unsupported voice_id 'sauti-swahili-v1'.",
  'Generation gen_0123456789abcdef0123456789abcdef not found',
  'Insufficient balance. Cost: $0.0120, wallet: $0.00, topup: $0.00',
  'Text must be at most 50000 characters, got 60000; 1 < 2 > 0.',
  'النص طويل جدًا',
  'Maandishi ni marefu mno 😀',
])('an ordinary sentence is kept whole: %s', (message) => {
  expect(made({ message }).message).toBe(message);
});
