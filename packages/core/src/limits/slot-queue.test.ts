import { expect, test } from 'vitest';

import { createSlotQueue } from './slot-queue.ts';

const never = new AbortController().signal;
const settled = { settled: true };
const queue = (holdMs = 0) => {
  let held = 0;
  return { slots: createSlotQueue({ holdMs, onHeld: () => (held += 1) }), heldTimes: () => held };
};

test('fifty callers are served one at a time, in the order of asking', async () => {
  const { slots, heldTimes } = queue();
  const order: number[] = [];
  let inside = 0;
  await Promise.all(
    Array.from({ length: 50 }, async (_each, index) => {
      const giveBack = await slots.take(never);
      inside += 1;
      expect(inside).toBe(1);
      order.push(index);
      await new Promise((resolve) => setTimeout(resolve, index % 3));
      inside -= 1;
      giveBack(settled);
    }),
  );
  expect(order).toEqual(Array.from({ length: 50 }, (_each, index) => index));
  expect(heldTimes()).toBe(49);
});

test('whoever aborts leaves the queue at once, and the next one is served', async () => {
  const { slots } = queue();
  const giveBack = await slots.take(never);
  const abort = new AbortController();
  const left = slots.take(abort.signal);
  const next = slots.take(never);
  const reason = new Error('enough');
  abort.abort(reason);
  await expect(left).rejects.toBe(reason);
  giveBack(settled);
  (await next)(settled);
});

test('an aborted signal gets no slot, and takes none away', async () => {
  const { slots } = queue();
  const abort = new AbortController();
  abort.abort(new Error('before'));
  await expect(slots.take(abort.signal)).rejects.toThrow('before');
  (await slots.take(never))(settled);
});

test('giving back twice frees the slot once', async () => {
  const { slots } = queue();
  const giveBack = await slots.take(never);
  const second = slots.take(never);
  giveBack(settled);
  giveBack(settled);
  const inSecond = await second;
  let third = false;
  void slots.take(never).then(() => (third = true));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(third).toBe(false);
  inSecond(settled);
  await expect.poll(() => third).toBe(true);
});

test('after an abort the vendor may still be at work: the slot stays taken for a while', async () => {
  const holdMs = 60;
  const { slots } = queue(holdMs);
  const giveBack = await slots.take(never);
  const sinceMs = performance.now();
  giveBack({ settled: false });
  (await slots.take(never))(settled);
  // Timers may fire a little early.
  expect(performance.now() - sinceMs).toBeGreaterThan(holdMs - 5);
});
