import { SpeechError, type SpeechErrorKind } from '@saystream/errors';
import { expect, test } from 'vitest';

import { defaultRetry } from '../client-options.ts';
import { decideRetry, type FailedAttempt } from './retry-policy.ts';

/** The wait, or why there is none. */
const waitOf = (attempt: FailedAttempt, retry = defaultRetry, random = () => 0) => {
  const decision = decideRetry(attempt, retry, random);
  return 'delayMs' in decision ? decision.delayMs : decision.giveUp;
};
const failed = (kind: SpeechErrorKind, facts: object = {}) => new SpeechError({ kind, vendor: 'test', message: kind, ...facts });

test.each<[string, SpeechErrorKind, object, boolean, string | number]>([
  ['a free request that may succeed later', 'vendor-fault', {}, false, 250],
  ['a free request whose answer was cut', 'truncated', {}, false, 250],
  ['a free request that breaks the rules', 'invalid-request', {}, false, 'final'],
  ['a free request without a valid key', 'unauthorized', {}, false, 'final'],
  ['a paid request that was told to wait', 'rate-limited', {}, true, 250],
  ['a paid request that found the only slot taken', 'busy', {}, true, 1_000],
  ['a paid request that provably never left', 'unreachable', { code: 'ECONNREFUSED', billed: 'no' }, true, 250],
  ['a paid request of unknown fate', 'unreachable', {}, true, 'paid'],
  ['a paid request that met a fault', 'vendor-fault', {}, true, 'paid'],
  ['a paid request that timed out', 'timeout', { limit: 'first-audio' }, true, 'paid'],
  ['a paid request whose answer was cut', 'truncated', {}, true, 'final'],
])('%s: %s %o paid %s → %s', (_title, kind, facts, paid, expected) => {
  expect(waitOf({ error: failed(kind, facts), attempt: 1, paid })).toBe(expected);
});

test('the wait doubles up to its cap, and half of it is random', () => {
  const waits = (random: number) =>
    [1, 2, 3, 4, 5, 6].map((attempt) =>
      waitOf({ error: failed('unavailable'), attempt, paid: false }, { ...defaultRetry, tries: 9 }, () => random),
    );
  expect(waits(0)).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000]);
  expect(waits(1)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
});

test('a taken slot is tried again after 1, 2, 4 and then every 5 s', () => {
  const waits = [1, 2, 3, 4, 5].map((attempt) =>
    waitOf({ error: failed('busy'), attempt, paid: true }, { ...defaultRetry, tries: 9 }),
  );
  expect(waits).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
});

test('the tries are counted with the first one', () => {
  expect(waitOf({ error: failed('unavailable'), attempt: 3, paid: false })).toBe(1_000);
  expect(waitOf({ error: failed('unavailable'), attempt: 4, paid: false })).toBe('tries');
});

test('a hint of the vendor is never undercut, at most a tenth longer, and one above the longest wait is not slept', () => {
  const told = (retryAfterMs: number, random = 0) =>
    waitOf({ error: failed('rate-limited', { retryAfterMs }), attempt: 1, paid: false }, defaultRetry, () => random);
  expect(told(30_000)).toBe(30_000);
  expect(told(30_000, 1)).toBe(33_000);
  expect(told(60_001)).toBe('hint');
});

test('a wait that would pass the call’s total limit is not begun', () => {
  const remaining = (remainingMs: number) => waitOf({ error: failed('unavailable'), attempt: 1, paid: false, remainingMs });
  expect(remaining(251)).toBe(250);
  expect(remaining(250)).toBe('deadline');
});

test('an account that has nothing to spare repeats nothing', () => {
  const spare = (spareRepeats: number) => waitOf({ error: failed('unavailable'), attempt: 1, paid: false, spareRepeats });
  expect(spare(1)).toBe(250);
  expect(spare(0.9)).toBe('load');
});
