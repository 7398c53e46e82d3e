import { levelSeconds } from './recorded-speech.ts';

/** Loudness is felt less steeply than amplitude grows. */
const loudnessExponent = 0.6;

/**
 * A waveform as the data of an SVG path in a box of `bars` × 2: bars `from` up to `to` of all that fit into `seconds`.
 * Silence, and what has not arrived, is a dot.
 */
export function waveformPath(levels: readonly number[], seconds: number, bars: number, from: number, to: number): string {
  const stepsPerBar = seconds / levelSeconds / bars;
  let path = '';
  for (let bar = from; bar < to; bar++) {
    const first = Math.floor(bar * stepsPerBar);
    const peak = Math.max(0, ...levels.slice(first, Math.max(first + 1, Math.floor((bar + 1) * stepsPerBar))));
    const half = Math.min(1, peak) ** loudnessExponent * 0.9;
    path += `M${bar + 0.5} ${(1 - half).toFixed(2)}V${(1 + half).toFixed(2)}`;
  }
  return path;
}
