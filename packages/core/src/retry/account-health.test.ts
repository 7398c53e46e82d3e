import type { SpeechErrorKind } from '@saystream/errors';
import { expect, test } from 'vitest';

import { createAccount, newAccount, nextHealth, type AccountHealth, type HealthEvent } from './account-health.ts';

const breakerFailures = 5;
const after = (events: readonly HealthEvent[], start: AccountHealth = newAccount, nowMs = 0): AccountHealth =>
  events.reduce((health, event) => nextHealth(health, event, nowMs, breakerFailures), start);
const failures = (count: number, kind: SpeechErrorKind): HealthEvent[] =>
  Array.from({ length: count }, () => ({ type: 'failed', kind }));

test('repeats are at most a tenth of the load in the long run, whatever happens', () => {
  let health = newAccount;
  let repeats = 0;
  const calls = 10_000;
  for (let call = 0; call < calls; call += 1) {
    // Half of the calls need one repeat, if they get it.
    if (call % 2 === 0 && health.spareRepeats >= 1) {
      health = after([{ type: 'repeated', kind: 'unavailable' }], health);
      repeats += 1;
    }
    health = after([{ type: 'answered' }], health);
  }
  expect(repeats).toBeGreaterThan(900);
  expect(repeats).toBeLessThanOrEqual(calls / 10 + 10);
});

test('a repeat after a timeout costs twice as much', () => {
  expect(after([{ type: 'repeated', kind: 'timeout' }]).spareRepeats).toBe(8);
  expect(after([{ type: 'repeated', kind: 'unavailable' }]).spareRepeats).toBe(9);
});

test.each<SpeechErrorKind>(['vendor-fault', 'unavailable', 'unreachable', 'connection-lost', 'timeout'])(
  'five calls in a row that end in %s rest the account for ten seconds',
  (kind) => {
    expect(after(failures(4, kind)).restUntilMs).toBe(0);
    expect(after(failures(5, kind)).restUntilMs).toBe(10_000);
  },
);

test.each<SpeechErrorKind>(['invalid-request', 'unauthorized', 'insufficient-credits', 'not-found', 'not-audio', 'truncated'])(
  '%s is an answer: the vendor is there, and the count starts anew',
  (kind) => {
    const health = after([...failures(4, 'vendor-fault'), ...failures(1, kind), ...failures(4, 'vendor-fault')]);
    expect(health).toMatchObject({ failures: 4, restUntilMs: 0 });
  },
);

test.each<SpeechErrorKind>(['aborted', 'rate-limited', 'busy'])('%s says nothing about the vendor’s health', (kind) => {
  const health = after([...failures(4, 'vendor-fault'), ...failures(1, kind), ...failures(1, 'vendor-fault')]);
  expect(health).toMatchObject({ failures: 5, restUntilMs: 10_000 });
});

test('the rest doubles with each probe that fails, up to two minutes', () => {
  const rests = [5, 6, 7, 8, 9, 10].map((count) => after(failures(count, 'unavailable')).restUntilMs);
  expect(rests).toEqual([10_000, 20_000, 40_000, 80_000, 120_000, 120_000]);
});

test('whoever was offline is served soon after: that rest does not grow', () => {
  expect(after(failures(9, 'unreachable')).restUntilMs).toBe(10_000);
});

test('a resting account lets nothing through, then one probe, and everything after it succeeded', () => {
  let nowMs = 0;
  const account = createAccount('sauti', breakerFailures, () => nowMs);
  for (let i = 0; i < breakerFailures; i += 1) {
    expect(account.ask()).toBeUndefined();
    account.tell({ type: 'failed', kind: 'unavailable' });
  }
  nowMs = 9_000;
  expect(account.ask()).toMatchObject({
    kind: 'unavailable',
    vendor: 'sauti',
    billed: 'no',
    retryAfterMs: 1_000,
    retryable: true,
  });
  nowMs = 10_000;
  expect(account.ask()).toBeUndefined();
  expect(account.ask()).toMatchObject({ kind: 'unavailable' });
  account.tell({ type: 'answered' });
  expect(account.ask()).toBeUndefined();
  expect(account.ask()).toBeUndefined();
});

test('a probe that fails rests the account again', () => {
  let nowMs = 0;
  const account = createAccount('sauti', 1, () => nowMs);
  account.tell({ type: 'failed', kind: 'vendor-fault' });
  nowMs = 10_000;
  expect(account.ask()).toBeUndefined();
  account.tell({ type: 'failed', kind: 'vendor-fault' });
  expect(account.ask()?.retryAfterMs).toBe(20_000);
});

test('a breaker of Infinity never rests', () => {
  const account = createAccount('sauti', Infinity);
  for (let i = 0; i < 100; i += 1) account.tell({ type: 'failed', kind: 'vendor-fault' });
  expect(account.ask()).toBeUndefined();
});
