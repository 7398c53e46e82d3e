import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createSampleQueue } from './sample-queue.ts';

test('whatever goes in comes out in order, however pushes and shifts interleave', () => {
  const step = fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.constant('shift' as const));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const queue = createSampleQueue();
      let pushed = 0;
      let shifted = 0;
      const check = (chunk: Float32Array | undefined) => {
        const wrong = chunk?.findIndex((sample, i) => sample !== shifted + i) ?? -1;
        expect(wrong).toBe(-1);
        shifted += chunk?.length ?? 0;
      };
      for (const it of steps) {
        if (it === 'shift') check(queue.shift());
        else queue.push(Float32Array.from({ length: it }, () => pushed++));
        expect(queue.length).toBe(pushed - shifted);
      }
      for (let chunk = queue.shift(); chunk; chunk = queue.shift()) check(chunk);
      expect(shifted).toBe(pushed);
    }),
  );
});

test('thousands of tiny chunks come out as a few', () => {
  const queue = createSampleQueue();
  for (let i = 0; i < 4_000; i += 1) queue.push(Float32Array.of(i));
  let chunks = 0;
  while (queue.shift()) chunks += 1;
  expect(chunks).toBeLessThan(5);
});

test('a large chunk is passed on as it is', () => {
  const queue = createSampleQueue();
  const chunk = new Float32Array(1_000);
  queue.push(chunk);
  expect(queue.shift()).toBe(chunk);
});

test('a merged chunk that was handed out is not written to again', () => {
  const queue = createSampleQueue();
  queue.push(Float32Array.of(1));
  const first = queue.shift();
  queue.push(Float32Array.of(2));
  expect(first).toEqual(Float32Array.of(1));
  expect(queue.shift()).toEqual(Float32Array.of(2));
});

test('a queue of hundreds of thousands of chunks is read in the time that its chunks take', () => {
  const queue = createSampleQueue();
  const chunk = new Float32Array(256);
  const chunks = 300_000;
  for (let i = 0; i < chunks; i += 1) queue.push(chunk);
  const startedMs = performance.now();
  let read = 0;
  while (queue.shift()) read += 1;
  expect(read).toBe(chunks);
  // An array that loses its first element moves all others: that takes more than ten seconds.
  expect(performance.now() - startedMs).toBeLessThan(2_000);
});
