import { levelSeconds } from './recorded-speech.ts';

/** Loudness is felt less steeply than amplitude grows. */
const loudnessExponent = 0.6;

/**
 * A waveform as pieces of SVG path data, one per bar, in a box of `bars` × 2. Silence, and what has not arrived of the
 * `seconds`, is a dot.
 */
export function waveformPaths(levels: readonly number[], seconds: number, bars: number): string[] {
  const stepsPerBar = seconds / levelSeconds / bars;
  return Array.from({ length: bars }, (_, bar) => {
    const first = Math.floor(bar * stepsPerBar);
    const peak = Math.max(0, ...levels.slice(first, Math.max(first + 1, Math.floor((bar + 1) * stepsPerBar))));
    const half = Math.min(1, peak) ** loudnessExponent * 0.9;
    return `M${bar + 0.5} ${(1 - half).toFixed(2)}V${(1 + half).toFixed(2)}`;
  });
}
