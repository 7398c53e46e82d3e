import { describe, expect, it } from 'vitest';

import { PcmBatch } from './pcm-batch.ts';

describe('PcmBatch', () => {
  it('joins chunks in order, grows as needed and is empty after take', () => {
    const batch = new PcmBatch();
    const source = Float32Array.from({ length: 20_000 }, (_, at) => Math.sin(at));
    for (let at = 0; at < source.length; at += 37) batch.push(source.subarray(at, at + 37));
    expect(batch.length).toBe(20_000);
    expect(batch.take()).toEqual(source);
    expect(batch.length).toBe(0);
    expect(batch.take()).toHaveLength(0);
  });

  it('keeps every bit of a sample in range, turns NaN and infinities into silence, and limits the rest', () => {
    const batch = new PcmBatch();
    batch.push(Float32Array.of(1, -1, 1 / 3, -0, 1e-40, NaN, Infinity, -Infinity, 1.5, -7));
    const [...samples] = batch.take();
    expect(samples).toEqual([1, -1, Math.fround(1 / 3), -0, Math.fround(1e-40), 0, 0, 0, 1, -1]);
  });

  it('copies, so that the source may reuse its buffer and taking never detaches it', () => {
    const batch = new PcmBatch();
    const reused = Float32Array.of(0.25, 0.5);
    batch.push(reused);
    reused.fill(0);
    const taken = batch.take();
    batch.push(reused);
    expect([...taken]).toEqual([0.25, 0.5]);
    expect(taken.buffer.byteLength).toBe(8);
  });
});
