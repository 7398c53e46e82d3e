import { describe, expect, it } from 'vitest';

import { LevelHistory } from './level-history.ts';

describe('LevelHistory', () => {
  it('keeps the loudest sample of every 50 ms, however the samples are cut', () => {
    const samples = Float32Array.from({ length: 3000 }, (_, n) => (n === 1199 ? -0.5 : n === 1200 ? 0.25 : 0));
    const whole = new LevelHistory();
    whole.addSamples(samples, 0, 24_000);
    const pieces = new LevelHistory();
    for (let n = 0; n < 3000; n += 7) pieces.addSamples(samples.subarray(n, n + 7), n, 24_000);
    for (const history of [whole, pieces]) {
      expect(history.bars).toBe(3);
      expect([0, 1, 2].map((bar) => history.at(bar))).toEqual([0.5, 0.25, 0]);
    }
  });

  it('clips what is louder than full scale and reads silence where nothing was reported', () => {
    const history = new LevelHistory();
    history.raise(2, 7);
    expect([0, 1, 2, 3].map((bar) => history.at(bar))).toEqual([0, 0, 1, 0]);
  });
});
