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

describe('PcmQueue with labelled chunks', () => {
  it('takes every sample once, whichever of two senders brings it first', () => {
    const sender = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(sender, sender, fc.infiniteStream(fc.boolean()), (one, other, turns) => {
        const source = Float32Array.from({ length: 400 }, (_, at) => at);
        const queue = new PcmQueue();
        const positions = [0, 0];
        const sizes = [one, other];
        for (let turn = 0; Math.min(...positions) < source.length && turn < 2000; turn++) {
          const who = turns.next().value ? 1 : 0;
          const at = positions[who]!;
          positions[who] = at + sizes[who]![turn % sizes[who]!.length]!;
          queue.push(source.slice(at, positions[who]), at);
        }
        for (const at of positions) queue.push(source.slice(at), at);
        const block = new Float32Array(500);
        expect(queue.read(block, 0, 500)).toBe(400);
        expect(block.slice(0, 400)).toEqual(source);
      }),
    );
  });

  it('passes over what comes before its time, because its own sender still brings what is missing', () => {
    const queue = new PcmQueue();
    expect(queue.push(Float32Array.of(3, 4), 2)).toBe(0);
    expect(queue.push(Float32Array.of(1, 2, 3, 4), 0)).toBe(4);
  });

  it('goes back as far as it was told to keep, and forward to the end of what has come', () => {
    const queue = new PcmQueue(100);
    for (let at = 0; at < 300; at += 10) queue.push(Float32Array.from({ length: 10 }, (_, i) => at + i));
    queue.read(new Float32Array(250), 0, 250);
    const next = (): number => {
      const block = new Float32Array(1);
      queue.read(block, 0, 1);
      return block[0]!;
    };
    queue.seek(173);
    expect(next()).toBe(173);
    queue.seek(0);
    expect(next()).toBe(150);
    queue.seek(1000);
    expect(queue.length).toBe(0);
    queue.seek(299);
    expect(next()).toBe(299);
  });

  it('moves and looks ahead and back across chunks, and stays where it was after a look', () => {
    const queue = new PcmQueue(1000);
    for (let chunk = 0; chunk < 10; chunk++) queue.push(Float32Array.from({ length: 7 }, (_, at) => chunk * 7 + at));
    const block = new Float32Array(30);
    queue.read(block, 0, 30);
    const seen = new Float32Array(20);
    for (const by of [-30, -16, -9, 0, 14, 20]) {
      queue.peek(by, seen, 20);
      expect([...seen]).toEqual(Array.from({ length: 20 }, (_, at) => 30 + by + at));
      expect([queue.position, queue.length, queue.behind]).toEqual([30, 40, 30]);
    }
    queue.move(-23);
    expect([queue.position, queue.read(block, 0, 1), block[0]]).toEqual([7, 1, 7]);
    queue.move(62);
    expect([queue.position, queue.length, queue.read(block, 0, 1)]).toEqual([70, 0, 0]);
    queue.push(Float32Array.of(70));
    expect([queue.read(block, 0, 1), block[0]]).toEqual([1, 70]);
  });
});
