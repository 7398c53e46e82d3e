import { SpeechError, type SpeechErrorKind } from '@saystream/errors';
import { expect, test } from 'vitest';

import { defaultRetry } from '../client-options.ts';
import { retryDelayMs } from './retry-policy.ts';

const failed = (kind: SpeechErrorKind, facts: object = {}) => new SpeechError({ kind, vendor: 'test', message: kind, ...facts });

test.each<[string, SpeechErrorKind, object, boolean, boolean]>([
  ['a free request that may succeed later', 'vendor-fault', {}, false, true],
  ['a free request whose answer was cut', 'truncated', {}, false, true],
  ['a free request that breaks the rules', 'invalid-request', {}, false, false],
  ['a free request without a valid key', 'unauthorized', {}, false, false],
  ['a paid request that was told to wait', 'rate-limited', {}, true, true],
  ['a paid request that found the only slot taken', 'busy', {}, true, true],
  ['a paid request that provably never left', 'unreachable', { code: 'ECONNREFUSED', billed: 'no' }, true, true],
  ['a paid request of unknown fate', 'unreachable', {}, true, false],
  ['a paid request that met a fault', 'vendor-fault', {}, true, false],
  ['a paid request that timed out', 'timeout', { limit: 'first-audio' }, true, false],
  ['a paid request whose answer was cut', 'truncated', {}, true, false],
])('%s is sent again: %s %o paid %s → %s', (_title, kind, facts, paid, again) => {
  const delayMs = retryDelayMs({ error: failed(kind, facts), attempt: 1, paid }, defaultRetry);
  expect(delayMs !== undefined).toBe(again);
});

test('the wait doubles up to its cap, and half of it is random', () => {
  const waits = (random: number) =>
    [1, 2, 3, 4, 5, 6].map((attempt) =>
      retryDelayMs({ error: failed('unavailable'), attempt, paid: false }, { ...defaultRetry, tries: 9 }, () => random),
    );
  expect(waits(0)).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000]);
  expect(waits(1)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
});

test('the tries are counted with the first one', () => {
  expect(retryDelayMs({ error: failed('unavailable'), attempt: 3, paid: false }, defaultRetry)).toBeDefined();
  expect(retryDelayMs({ error: failed('unavailable'), attempt: 4, paid: false }, defaultRetry)).toBeUndefined();
});

test('a hint of the vendor is never undercut, and one above the longest wait is not slept', () => {
  const told = (retryAfterMs: number) =>
    retryDelayMs({ error: failed('rate-limited', { retryAfterMs }), attempt: 1, paid: false }, defaultRetry);
  expect(told(30_000)).toBe(30_000);
  expect(told(60_001)).toBeUndefined();
});
