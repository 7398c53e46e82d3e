import { describe, expect, test } from 'vitest';

import { explainAudixaClose, type AudixaClose } from './audixa-close-codes.ts';
import { closeCases } from './golden/close-cases.ts';
import type { StreamPhase } from './speech-error.ts';

const close = (facts: Partial<AudixaClose>): AudixaClose => ({
  code: 1006,
  reason: '',
  wasClean: false,
  phase: 'streaming',
  ...facts,
});
const beforeCompleted: readonly StreamPhase[] = ['connecting', 'waiting', 'streaming'];

describe.each(beforeCompleted)('while %s', (phase) => {
  test.each(closeCases)('code $code has its kind', ({ code, kind, whileConnecting }) => {
    const error = explainAudixaClose(close({ code, phase, wasClean: true, reason: 'because' }));
    expect(error).toMatchObject({
      kind: phase === 'connecting' ? (whileConnecting ?? kind) : kind,
      vendor: 'audixa',
      billed: phase === 'connecting' ? 'no' : 'unknown',
      close: { code: Number.isNaN(code) ? 1006 : code, reason: 'because', wasClean: true, phase },
    });
    expect(error?.status).toBeUndefined();
    expect(error?.message).toContain('because');
  });
});

test('every code from 0 to 5999 is explained in each phase, and none is once completed', () => {
  for (let code = 0; code < 6000; code++) {
    for (const phase of beforeCompleted) expect(explainAudixaClose(close({ code, phase }))?.kind).not.toBe('unknown');
    expect(explainAudixaClose(close({ code, phase: 'completed' }))).toBeUndefined();
  }
});

test('an error frame before the close is what the message says', () => {
  const error = explainAudixaClose(close({ code: 1008, phase: 'waiting', errorMessage: 'Invalid API Key', reason: 'bye' }));
  expect(error).toMatchObject({ kind: 'unauthorized', retryable: false });
  expect(error?.message).toBe('The connection to Audixa closed with code 1008 while waiting: Invalid API Key');
});

test('a refused handshake says what the browser hides, and who should look where', () => {
  const error = explainAudixaClose(close({ code: 1006, phase: 'connecting' }));
  expect(error).toMatchObject({ kind: 'unreachable', retryable: true, billed: 'no' });
  expect(error?.advice).toMatch(/key.*origin.*network.*browser hides the HTTP status/);
});

test('a relay that asks to wait does so in a reason of JSON, which is not shown', () => {
  const error = explainAudixaClose(close({ code: 4429, phase: 'waiting', reason: '{"r":12}' }));
  expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 12_000 });
  expect(error?.message).not.toContain('{');
});

test('a relay’s time limit is named', () => {
  expect(explainAudixaClose(close({ code: 4408, phase: 'waiting' }))?.limit).toBe('first-audio');
  expect(explainAudixaClose(close({ code: 4504, phase: 'streaming' }))?.limit).toBe('stall');
});

test('keys in a reason or an error frame do not come through', () => {
  const error = explainAudixaClose(
    close({ reason: 'wss://api.audixa.ai/v3/tts/stream?api_key=SECRET refused', errorMessage: 'bad key: SECRET123' }),
  );
  expect(JSON.stringify(error) + error?.stack).not.toContain('SECRET');
});

test('a close of which only code and phase are known is explained too', () => {
  const error = explainAudixaClose({ code: 1008, phase: 'waiting' });
  expect(error).toMatchObject({ kind: 'unauthorized', close: { code: 1008, reason: '', wasClean: false, phase: 'waiting' } });
  expect(error?.message).toBe('The connection to Audixa closed with code 1008 while waiting');
});

test('a reason that only holds braces is no JSON, and is shown', () => {
  for (const reason of ['see {docs}', 'a{b'])
    expect(explainAudixaClose(close({ code: 1011, reason }))?.message).toBe(
      `The connection to Audixa closed with code 1011 while streaming: ${reason}`,
    );
});

test('a reason of JSON that names no wait says nothing', () => {
  const error = explainAudixaClose(close({ code: 4429, reason: ' {"m":"no"}' }));
  expect(error?.message).toBe('The connection to Audixa closed with code 4429 while streaming');
  expect(error?.retryAfterMs).toBeUndefined();
});

test('only a timeout names a limit, and only what a browser hides is advised upon by itself', () => {
  const refused = explainAudixaClose(close({ code: 1008, phase: 'connecting' }));
  expect(refused).toMatchObject({ kind: 'unauthorized', advice: 'Check the key or token.' });
  expect(refused).not.toHaveProperty('limit');
});

test.each<[what: string, given: unknown, code: number, phase: string]>([
  ['undefined', undefined, 1006, 'streaming'],
  ['null', null, 1006, 'streaming'],
  ['a text', 'closed', 1006, 'streaming'],
  ['no members', {}, 1006, 'streaming'],
  ['a phase that is none', { code: 1011, phase: 'open' }, 1011, 'streaming'],
  ['a code as text', { code: '1011', phase: 'waiting' }, 1006, 'waiting'],
  ['null members', { code: 1011, reason: null, wasClean: null, phase: 'waiting', errorMessage: null }, 1011, 'waiting'],
  ['numbers', { code: 1011, reason: 7, wasClean: 1, phase: 'waiting', errorMessage: 7 }, 1011, 'waiting'],
  ['objects', { code: 1011, reason: { trim: 1 }, phase: 'waiting', errorMessage: [Symbol('s')] }, 1011, 'waiting'],
  ['symbols', { code: 1011, reason: Symbol('s'), phase: 'waiting' }, 1011, 'waiting'],
])('a close given as %s is explained', (_what, given, code, phase) => {
  const error = explainAudixaClose(given as AudixaClose);
  expect(error?.message).toBe(`The connection to Audixa closed with code ${code} while ${phase}`);
  expect(error?.close).toEqual({ code, reason: '', wasClean: false, phase });
  expect(error?.billed).toBe('unknown');
});

test('a close whose members are inherited, as of an event, is read', () => {
  const event = Object.create({ code: 1008, reason: 'Invalid API key', wasClean: true, phase: 'waiting' }) as AudixaClose;
  expect(explainAudixaClose(event)).toMatchObject({ kind: 'unauthorized', close: { reason: 'Invalid API key', wasClean: true } });
});

test('a close whose members throw is explained', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const hostile = {
    get code(): never {
      throw new Error('no');
    },
  };
  for (const given of [proxy, hostile])
    expect(explainAudixaClose(given as AudixaClose)).toMatchObject({ kind: 'connection-lost', close: { code: 1006 } });
});
