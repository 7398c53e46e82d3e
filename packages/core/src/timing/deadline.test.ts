import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { startDeadline } from './deadline.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('it passes once, after its time', () => {
  const passed = vi.fn();
  startDeadline(1_000, passed);
  vi.advanceTimersByTime(999);
  expect(passed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100_000);
  expect(passed).toHaveBeenCalledOnce();
});

test('a touch starts the time anew', () => {
  const passed = vi.fn();
  const deadline = startDeadline(1_000, passed);
  vi.advanceTimersByTime(900);
  deadline.touch();
  vi.advanceTimersByTime(999);
  expect(passed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(passed).toHaveBeenCalledOnce();
});

test('a cancelled one never passes', () => {
  const passed = vi.fn();
  startDeadline(1_000, passed).cancel();
  vi.advanceTimersByTime(10_000);
  expect(passed).not.toHaveBeenCalled();
});

test('Infinity never passes and more than setTimeout can count does not pass at once', () => {
  const passed = vi.fn();
  startDeadline(Infinity, passed);
  startDeadline(2 ** 40, passed);
  vi.advanceTimersByTime(2 ** 31);
  expect(passed).not.toHaveBeenCalled();
});

test('after the page was blocked, what waits behind the timer gets a short grace', () => {
  let nowMs = 0;
  const passed = vi.fn();
  const deadline = startDeadline(1_000, passed, () => nowMs);
  nowMs = 5_000; // the timer of 1,000 ms could not run before
  vi.advanceTimersByTime(1_000);
  expect(passed).not.toHaveBeenCalled();
  deadline.touch(); // the frame that was queued behind it
  nowMs = 6_000;
  vi.advanceTimersByTime(1_000);
  expect(passed).toHaveBeenCalledOnce();
});

test('the grace is given once', () => {
  let nowMs = 0;
  const passed = vi.fn();
  startDeadline(1_000, passed, () => nowMs);
  nowMs = 5_000;
  vi.advanceTimersByTime(1_000);
  nowMs = 6_000;
  vi.advanceTimersByTime(1_000);
  expect(passed).toHaveBeenCalledOnce();
});
