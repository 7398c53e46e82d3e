import { expect, test } from 'vitest';

import { defaultLimits } from '../relay-options.ts';
import { createStreamWatch, dialMs, longestLookMs, type StreamLook } from './stream-watch.ts';

const calm: StreamLook = {
  nowMs: 0,
  stage: 'running',
  framesOfVendor: 0,
  heardVendor: 0,
  heardPage: 0,
  flushedBytes: 0,
  waitingBytes: 0,
  isPaused: false,
};

/** Looks every second at what `at` shows, until something is stopped. */
function watchUntilStopped(at: (second: number) => Partial<StreamLook>, seconds = 1_000) {
  const watch = createStreamWatch(defaultLimits, 0);
  for (let second = 1; second <= seconds; second += 1) {
    const { stop } = watch({ ...calm, nowMs: second * 1_000, ...at(second) });
    if (stop) return { stop, second };
  }
  return undefined;
}

/** Both sides answer all the time. */
const lively = (second: number) => ({ framesOfVendor: second, heardVendor: second, heardPage: second });

test('a page that sends no request is stopped after 5 s', () => {
  expect(watchUntilStopped(() => ({ stage: 'awaiting-request' }))).toEqual({ stop: 'noRequest', second: 5 });
});

test('a handshake that is never answered is stopped', () => {
  expect(watchUntilStopped(() => ({ stage: 'dialling' }))).toEqual({ stop: 'vendorSilent', second: dialMs / 1_000 + 1 });
});

test('a vendor that answers pings and sends nothing for 60 s is silent', () => {
  const at = (second: number) => ({ heardPage: second, heardVendor: second, framesOfVendor: Math.min(second, 5) });
  expect(watchUntilStopped(at)).toEqual({ stop: 'vendorSilent', second: 65 });
});

test('a vendor that answers no ping and sends nothing is lost at the third beat', () => {
  expect(watchUntilStopped((second) => ({ heardPage: second }))).toEqual({ stop: 'vendor-lost', second: 60 });
});

test('a stream is stopped after 10 minutes', () => {
  expect(watchUntilStopped(lively)).toEqual({ stop: 'tooOld', second: 600 });
});

test('a page that answers no ping is lost at the third beat', () => {
  expect(watchUntilStopped((second) => ({ ...lively(second), heardPage: 0 }))).toEqual({ stop: 'page-lost', second: 60 });
});

test('a page whose answers wait behind audio is there as long as it takes some', () => {
  const at = (second: number) => ({ ...lively(second), heardPage: 0, flushedBytes: second * 50_000, waitingBytes: 900_000 });
  expect(watchUntilStopped(at, 500)).toBeUndefined();
});

test('a reader that takes nothing for 30 s while the vendor is paused is too slow', () => {
  expect(watchUntilStopped((second) => ({ ...lively(second), isPaused: true, waitingBytes: 1e6 }))).toEqual({
    stop: 'slowReader',
    second: 30,
  });
});

test('a reader that takes a byte now and then is too slow as well', () => {
  const at = (second: number) => ({ ...lively(second), isPaused: true, waitingBytes: 1e6, flushedBytes: second });
  expect(watchUntilStopped(at)).toEqual({ stop: 'slowReader', second: 30 });
});

test('a slow but steady reader goes on, and the silence of a paused vendor is not its own', () => {
  const at = (second: number) => ({ heardPage: second, isPaused: true, waitingBytes: 1e6, flushedBytes: second * 10_000 });
  expect(watchUntilStopped(at, 500)).toBeUndefined();
});

test('somebody looks in the very millisecond a limit passes', () => {
  const watch = createStreamWatch(defaultLimits, 0);
  const againAt = (nowMs: number, more: Partial<StreamLook> = {}) => watch({ ...calm, nowMs, ...more });
  const mute = { stage: 'awaiting-request' } as const;
  expect(againAt(0, mute)).toEqual({ lookAgainMs: longestLookMs });
  expect(againAt(4_900, mute)).toEqual({ lookAgainMs: 100 });
  // Timers may be early by less than a millisecond.
  expect(againAt(4_999.4, mute)).toEqual({ lookAgainMs: 1 });
  expect(againAt(5_000, mute)).toEqual({ stop: 'noRequest', lookAgainMs: 1 });
  expect(againAt(19_990, { framesOfVendor: 1 })).toEqual({ lookAgainMs: 10 });
  expect(againAt(20_000, { framesOfVendor: 2 })).toEqual({ beat: true, lookAgainMs: longestLookMs });
});

test('what was ended is looked at until its reader is too slow, and at no other limit', () => {
  const watch = createStreamWatch({ ...defaultLimits, heartbeatMs: 100 }, 0);
  const after = (nowMs: number, waitingBytes: number) => watch({ ...calm, stage: 'ended', nowMs, waitingBytes });
  expect(after(700_000, 0)).toEqual({ lookAgainMs: longestLookMs });
  expect(after(729_900, 5)).toEqual({ lookAgainMs: 100 });
  expect(after(730_000, 5)).toMatchObject({ stop: 'slowReader' });
});
