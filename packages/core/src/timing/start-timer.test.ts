import { afterEach, expect, test, vi } from 'vitest';

import { createPacer } from './pacer.ts';
import { sleep } from './sleep.ts';
import { longestTimerMs, startTimer } from './start-timer.ts';

afterEach(() => vi.restoreAllMocks());

test.each([
  [-5, 0],
  [0.2, 1],
  [longestTimerMs + 1, longestTimerMs],
  [Infinity, longestTimerMs],
])('a delay of %s ms arms a timer of %s ms', (delayMs, armedMs) => {
  const armed = vi.spyOn(globalThis, 'setTimeout');
  startTimer(delayMs, () => undefined)();
  expect(armed.mock.calls[0]?.[1]).toBe(armedMs);
});

test('a negative wait ends at once', async () => {
  const armed = vi.spyOn(globalThis, 'setTimeout');
  await sleep(-1);
  expect(armed.mock.calls[0]?.[1]).toBe(0);
});

test('a turn that is free now is not in the past when the clock moves on between two readings', async () => {
  const armed = vi.spyOn(globalThis, 'setTimeout');
  let nowMs = 0;
  const turn = createPacer(100, () => (nowMs += 0.5));
  await turn(new AbortController().signal);
  expect(armed.mock.calls[0]?.[1]).toBe(0);
});
