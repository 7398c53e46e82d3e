/** How loud a capture is beside its source, sample by sample. */
export interface GainOverTime {
  /** The most the gain changed from one sample to the next: a step is heard as a click. */
  readonly steepest: number;
  /** Index in the capture from which the gain is within 1 % of `target` for at least 20 ms; -1 when it never is. */
  readonly settledAt: (target: number, from: number) => number;
}

/** Quieter samples say little of the gain. */
const faint = 0.05;
const settledSamples = 480;
const near = 0.01;

/** `lag`: index in the capture of the source's first sample. */
export function gainOverTime(capture: Float32Array, source: Float32Array, lag: number): GainOverTime {
  const gains: { readonly at: number; readonly gain: number }[] = [];
  for (let i = 0; i < source.length && lag + i < capture.length; i++) {
    if (Math.abs(source[i]!) >= faint) gains.push({ at: lag + i, gain: capture[lag + i]! / source[i]! });
  }
  const steepest = gains.slice(1).reduce((most, { at, gain }, index) => {
    const before = gains[index]!;
    return Math.max(most, Math.abs(gain - before.gain) / (at - before.at));
  }, 0);
  const settledAt = (target: number, from: number): number => {
    let since = -1;
    for (const { at, gain } of gains) {
      if (at < from) continue;
      if (Math.abs(gain - target) > near) since = -1;
      else if (since < 0) since = at;
      if (since >= 0 && at - since >= settledSamples) return since;
    }
    return -1;
  };
  return { steepest, settledAt };
}
