import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { PcmQueue } from './pcm-queue.ts';

describe('PcmQueue', () => {
  it('gives back the same samples in the same order, however they were split going in and coming out', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 30 });
    fc.assert(
      fc.property(sizes, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 10 }), (pushes, reads) => {
        const queue = new PcmQueue();
        const source: number[] = [];
        for (const size of pushes) {
          const chunk = Float32Array.from({ length: size }, (_, at) => source.length + at);
          source.push(...chunk);
          queue.push(chunk);
        }
        const read: number[] = [];
        for (let turn = 0; queue.length > 0; turn++) {
          const block = new Float32Array(reads[turn % reads.length]!);
          const before = queue.length;
          const count = queue.read(block, 0, block.length);
          expect(count).toBe(Math.min(before, block.length));
          read.push(...block.subarray(0, count));
        }
        expect(read).toEqual(source);
      }),
    );
  });

  it('holds nothing after clear', () => {
    const queue = new PcmQueue();
    queue.push(Float32Array.of(1, 2, 3));
    queue.read(new Float32Array(1), 0, 1);
    queue.clear();
    expect(queue.length).toBe(0);
    queue.push(Float32Array.of(4));
    const block = new Float32Array(2);
    expect(queue.read(block, 0, 2)).toBe(1);
    expect(block[0]).toBe(4);
  });

  it('writes only between from and to, and says how many samples there were', () => {
    const queue = new PcmQueue();
    queue.push(Float32Array.of(1, 2));
    queue.push(Float32Array.of(3));
    const block = new Float32Array(6).fill(9);
    expect(queue.read(block, 1, 5)).toBe(3);
    expect([...block]).toEqual([9, 1, 2, 3, 9, 9]);
    expect(queue.length).toBe(0);
    expect(queue.read(block, 0, 6)).toBe(0);
  });
});
