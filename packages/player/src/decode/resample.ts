/**
 * Brings a joined part of another rate to the rate of the first one, as a source has one rate. Interpolates linearly: good
 * enough for the rare file whose rate changes.
 */
export function createResampler(from: number, to: number): (samples: Float32Array) => Float32Array {
  const step = from / to;
  let last = 0;
  /** Where the next sample lies, counted from the one before the chunk. */
  let at = 1;
  return (samples) => {
    const resampled = new Float32Array(Math.max(0, Math.ceil((samples.length + 1e-9 - at) / step) + 1));
    let count = 0;
    for (; at <= samples.length; at += step) {
      const index = Math.floor(at);
      const before = index === 0 ? last : samples[index - 1]!;
      const after = samples[Math.min(index, samples.length - 1)]!;
      resampled[count] = before + (after - before) * (at - index);
      count += 1;
    }
    at -= samples.length;
    last = samples.at(-1) ?? last;
    return resampled.subarray(0, count);
  };
}
