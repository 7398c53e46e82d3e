/** Samples per second of everything the rig plays. */
export const signalRate = 24_000;

/** Below this a sample could be taken for silence. */
const leastSample = 1e-3;

/**
 * A signal whose every position is known from a few samples: noise that is gone at half the sample rate, and two tones.
 * It begins and ends at full level, so that a lost first or last sample shows, and no sample of it is silent.
 */
export function knownSignal(samples: number, seed = 1): Float32Array {
  let state = seed >>> 0;
  let before = 0;
  return Float32Array.from({ length: samples }, (_, at) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const noise = state / 2 ** 31 - 1;
    const turn = (2 * Math.PI * at) / signalRate;
    const sample = 0.25 * (noise + before) + 0.15 * Math.sin(440 * turn) + 0.1 * Math.sin(1237 * turn);
    before = noise;
    return Math.abs(sample) < leastSample ? leastSample : sample;
  });
}
