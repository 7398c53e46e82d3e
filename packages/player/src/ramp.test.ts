import { describe, expect, it } from 'vitest';

import { Ramp } from './ramp.ts';

const ones = (length: number): Float32Array => new Float32Array(length).fill(1);

describe('Ramp', () => {
  it('leaves every bit alone at full level', () => {
    const block = Float32Array.of(0.1, -0.7, 1 / 3, -0);
    const same = block.slice();
    new Ramp(16).rise(block, 0, block.length);
    expect(block.every((sample, at) => Object.is(sample, same[at]))).toBe(true);
  });

  it('falls to exact silence within its length and rises back to exact full level', () => {
    const ramp = new Ramp(100);
    const falling = ones(120);
    ramp.fall(falling, 0, 120);
    expect(falling[99]).toBe(0);
    expect(falling[119]).toBe(0);
    const rising = ones(120);
    ramp.rise(rising, 0, 120);
    expect(rising[0]).toBe(0);
    expect(rising[100]).toBe(1);
  });

  it('never steps further than a raised cosine does, even when it turns round half way', () => {
    const ramp = new Ramp(100);
    const block = ones(200);
    ramp.fall(block, 0, 50);
    ramp.rise(block, 50, 200);
    const steps = [...block.keys()].slice(1).map((at) => Math.abs(block[at]! - block[at - 1]!));
    expect(Math.max(...steps)).toBeLessThan(Math.PI / 100);
    expect(block[199]).toBe(1);
  });
});
