import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createMinuteWindow } from './minute-window.ts';

const never = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sends so many requests at once; tells when each one left, in seconds. */
function send(window: ReturnType<typeof createMinuteWindow>, count: number): number[] {
  const leftAt: number[] = [];
  const startMs = performance.now();
  for (let i = 0; i < count; i += 1) void window.before(never).then(() => leftAt.push((performance.now() - startMs) / 1_000));
  return leftAt;
}

test('thirty requests at ten a minute leave in three lots, and never more than ten in any minute', async () => {
  const held: number[] = [];
  const window = createMinuteWindow({ limit: 10, onHeld: (delayMs) => held.push(delayMs) });
  const leftAt = send(window, 30);
  await vi.advanceTimersByTimeAsync(180_000);
  expect(leftAt).toHaveLength(30);
  for (const at of leftAt) expect(leftAt.filter((each) => each >= at && each < at + 60)).toHaveLength(10);
  expect(leftAt[29]).toBeLessThan(125);
  expect(held).toHaveLength(20);
});

test('a request that leaves the line gives its turn to the next', async () => {
  const window = createMinuteWindow({ limit: 1, onHeld: () => undefined });
  await window.before(never);
  const abort = new AbortController();
  const left = window.before(abort.signal);
  abort.abort(new Error('enough'));
  await expect(left).rejects.toThrow('enough');
  const leftAt = send(window, 1);
  await vi.advanceTimersByTimeAsync(61_000);
  expect(leftAt).toHaveLength(1);
});

test('the vendor’s own limit is believed, larger or smaller', async () => {
  const window = createMinuteWindow({ limit: 10, onHeld: () => undefined });
  window.after(new Headers({ 'x-ratelimit-limit': '3' }));
  const leftAt = send(window, 4);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(leftAt).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(leftAt).toHaveLength(4);
});

test('when others have used the key up, it waits for the reset', async () => {
  const window = createMinuteWindow({ limit: 10, onHeld: () => undefined });
  await window.before(never);
  const resetSeconds = Math.floor(Date.now() / 1_000) + 20;
  window.after(
    new Headers({ 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetSeconds) }),
  );
  const leftAt = send(window, 1);
  await vi.advanceTimersByTimeAsync(18_000);
  expect(leftAt).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(leftAt).toHaveLength(1);
});

test('what others have sent counts as well, until it has left the vendor’s window', async () => {
  const window = createMinuteWindow({ limit: 10, onHeld: () => undefined });
  await window.before(never);
  // Of ten there are seven left: ours is one, so two were somebody’s. The older of them counts for 20 s more.
  const resetSeconds = Math.floor(Date.now() / 1_000) + 20;
  window.after(new Headers({ 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': String(resetSeconds) }));
  const leftAt = send(window, 10);
  await vi.advanceTimersByTimeAsync(18_000);
  expect(leftAt).toHaveLength(7);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(leftAt).toHaveLength(8);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(leftAt).toHaveLength(10);
});

test('a smaller limit holds for those who wait already', async () => {
  const window = createMinuteWindow({ limit: 4, onHeld: () => undefined });
  const leftAt = send(window, 8);
  await vi.advanceTimersByTimeAsync(1_000);
  window.after(new Headers({ 'x-ratelimit-limit': '2' }));
  await vi.advanceTimersByTimeAsync(61_000);
  expect(leftAt).toHaveLength(6);
  await vi.advanceTimersByTimeAsync(61_000);
  expect(leftAt).toHaveLength(8);
});

test('a limit that no vendor has is no work', () => {
  const window = createMinuteWindow({ limit: 10, onHeld: () => undefined });
  const resetSeconds = Math.floor(Date.now() / 1_000) + 40;
  const sinceMs = Date.now();
  window.after(
    new Headers({
      'x-ratelimit-limit': '9999999999999',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(resetSeconds),
    }),
  );
  expect(Date.now()).toBe(sinceMs);
});

test.each([
  ['hidden', {}],
  ['garbage', { 'x-ratelimit-limit': 'ten', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }],
  ['in the past', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }],
  ['zero', { 'x-ratelimit-limit': '0' }],
])('headers that are %s change nothing for the worse', async (_what, headers) => {
  const window = createMinuteWindow({ limit: 10, onHeld: () => undefined });
  window.after(new Headers(headers));
  const leftAt = send(window, 1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(leftAt).toHaveLength(1);
});
