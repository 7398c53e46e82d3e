import { expect, test } from 'vitest';

import { defaultLimits } from '../relay-options.ts';
import { createStreamWatch, dialMs, lookEveryMs, type StreamLook } from './stream-watch.ts';

const calm: StreamLook = {
  nowMs: 0,
  stage: 'running',
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
const lively = (second: number) => ({ heardVendor: second, heardPage: second });

test('a page that sends no request is stopped after 5 s', () => {
  expect(watchUntilStopped(() => ({ stage: 'awaiting-request' }))).toEqual({ stop: 'noRequest', second: 6 });
});

test('a handshake that is never answered is stopped', () => {
  expect(watchUntilStopped(() => ({ stage: 'dialling' }))).toEqual({ stop: 'vendorSilent', second: dialMs / 1_000 + 2 });
});

test('a vendor that answers pings and sends nothing for 60 s is silent when it is not heard at all', () => {
  expect(watchUntilStopped((second) => ({ heardPage: second, heardVendor: second < 5 ? second : 5 }), 70)?.stop).toMatch(
    /vendor-lost|vendorSilent/,
  );
});

test('a stream is stopped after 10 minutes', () => {
  expect(watchUntilStopped(lively)).toEqual({ stop: 'tooOld', second: 601 });
});

test('a page that answers no ping is lost at the third beat', () => {
  expect(watchUntilStopped((second) => ({ heardVendor: second }))).toEqual({ stop: 'page-lost', second: 60 });
});

test('a page whose answers wait behind audio is there as long as it takes some', () => {
  const at = (second: number) => ({ heardVendor: second, flushedBytes: second * 50_000, waitingBytes: 900_000 });
  expect(watchUntilStopped(at, 500)).toBeUndefined();
});

test('a reader that takes nothing for 30 s while the vendor is paused is too slow', () => {
  expect(watchUntilStopped((second) => ({ ...lively(second), isPaused: true, waitingBytes: 1e6 }))).toEqual({
    stop: 'slowReader',
    second: 31,
  });
});

test('a reader that takes a byte now and then is too slow as well', () => {
  const at = (second: number) => ({ ...lively(second), isPaused: true, waitingBytes: 1e6, flushedBytes: second });
  expect(watchUntilStopped(at)).toEqual({ stop: 'slowReader', second: 31 });
});

test('a slow but steady reader goes on, and the silence of a paused vendor is not its own', () => {
  const at = (second: number) => ({ heardPage: second, isPaused: true, waitingBytes: 1e6, flushedBytes: second * 10_000 });
  expect(watchUntilStopped(at, 500)).toBeUndefined();
});

test('no limit is passed by more than half a second before somebody looks', () => {
  expect(lookEveryMs(defaultLimits)).toBe(500);
  expect(lookEveryMs({ ...defaultLimits, requestMs: 200 })).toBe(50);
});
