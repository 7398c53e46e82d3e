/** What every voice is given at, in Hz. */
export const voiceRate = 24_000;

/**
 * The same sound at another rate, by linear interpolation: plain enough that a test can repeat it to the bit.
 *
 * @param speed how much faster it is played; 2 gives half as many samples
 */
export function resample(samples: Float32Array, toRate: number, speed = 1): Float32Array {
  if (toRate === voiceRate && speed === 1) return samples;
  const step = (voiceRate / toRate) * speed;
  const resampled = new Float32Array(Math.max(1, Math.floor(samples.length / step)));
  for (let i = 0; i < resampled.length; i += 1) {
    const at = i * step;
    const before = Math.floor(at);
    const share = at - before;
    resampled[i] = (samples[before] ?? 0) * (1 - share) + (samples[before + 1] ?? samples[before] ?? 0) * share;
  }
  return resampled;
}

/** Samples as 16-bit integers: little-endian, as every machine that Node's releases run on but one. */
export function int16Bytes(samples: Float32Array): Buffer {
  const integers = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i += 1) integers[i] = Math.round(Math.max(-1, Math.min(1, samples[i] ?? 0)) * 32_767);
  return Buffer.from(integers.buffer);
}
