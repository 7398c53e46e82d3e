import { describe, expect, it } from 'vitest';

import { createResampler } from './resample.ts';

const tone = (hz: number, rate: number, samples: number): Float32Array =>
  Float32Array.from({ length: samples }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hz * n) / rate));

/** Signal to error in dB, away from the edges where the filter sees silence. */
function signalToErrorDb(got: Float32Array, wanted: Float32Array): number {
  let signal = 0;
  let error = 0;
  for (let n = 100; n < wanted.length - 100; n++) {
    signal += wanted[n]! ** 2;
    error += (wanted[n]! - got[n]!) ** 2;
  }
  return 10 * Math.log10(signal / error);
}

describe('createResampler', () => {
  it.each([100, 440, 1000, 4000, 8500])('turns a tone of %i Hz at 22,050 into the same tone at 24,000, in place', (hz) => {
    const got = createResampler(22_050, 24_000)(tone(hz, 22_050, 22_050));
    expect(got.length).toBe(24_000);
    expect(signalToErrorDb(got, tone(hz, 24_000, 24_000))).toBeGreaterThan(75);
  });

  it('keeps a constant constant', () => {
    const got = createResampler(22_050, 24_000)(new Float32Array(2000).fill(0.25));
    expect(Math.max(...got.slice(100, -100).map((x) => Math.abs(x - 0.25)))).toBeLessThan(1e-6);
  });

  it('silences what a lower rate cannot carry', () => {
    const got = createResampler(24_000, 12_000)(tone(9000, 24_000, 24_000));
    expect(Math.max(...got.slice(100, -100).map(Math.abs))).toBeLessThan(1e-3);
  });

  it('copies when the rates are equal, and answers nothing with nothing', () => {
    const input = tone(1000, 24_000, 500);
    const same = createResampler(24_000, 24_000)(input);
    expect(same.length).toBe(500);
    expect(createResampler(22_050, 24_000)(new Float32Array(0)).length).toBe(0);
  });
});
