import type { PlaybackState } from '@saystream/player';

import type { DebugHistory, Reading } from './debug-history.ts';

/** A stretch of time, in milliseconds since the playback was asked for. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the picture's strip shows: the states, and `gap` for a wait in the middle of the sound. */
export type Shown = PlaybackState | 'gap';

export interface StateSpan extends Span {
  readonly shown: Shown;
}

/** A picture stands still until it is full, then it takes the next of these; after the last it follows. */
const windowsMs = [5000, 10_000, 20_000, 40_000] as const;
const depthTopsMs = [200, 500, 1000, 2000, 3000, 5000, 10_000, 20_000, 50_000] as const;

/** The time that is shown: all of it, until there is more than 40 s. */
export function timeWindow(elapsedMs: number): Span {
  const length = windowsMs.find((each) => elapsedMs <= each) ?? windowsMs.at(-1)!;
  const toMs = Math.max(length, elapsedMs);
  return { fromMs: toMs - length, toMs };
}

/** What the top of the picture stands for, so that the deepest buffer has room in it. */
export function depthTop(readings: readonly Reading[]): number {
  const deepest = readings.reduce((most, { bufferedMs }) => Math.max(most, bufferedMs), 0);
  return depthTopsMs.find((each) => deepest <= 0.92 * each) ?? Math.ceil(deepest / 50_000) * 50_000;
}

/** Whole seconds to write under the picture: not more than its width has room for. */
export function secondsShown({ fromMs, toMs }: Span, mostMarks: number): number[] {
  const length = (toMs - fromMs) / 1000;
  const step = [1, 2, 5, 10, 20].find((each) => length / each <= mostMarks) ?? 20;
  const first = Math.ceil(fromMs / 1000 / step) * step;
  return Array.from({ length: Math.floor((toMs / 1000 - first) / step) + 1 }, (_, at) => first + at * step);
}

/** What it did when. Waiting for audio counts as a gap once sound had begun, and up to then as what it is. */
export function stateSpans({ readings, firstSoundMs = Infinity }: Pick<DebugHistory, 'readings' | 'firstSoundMs'>): StateSpan[] {
  const spans: { shown: Shown; fromMs: number; toMs: number }[] = [];
  for (const { atMs, state } of readings) {
    const waits = state === 'buffering' || state === 'waiting';
    const shown = waits && atMs > firstSoundMs ? 'gap' : state;
    const last = spans.at(-1);
    if (last) last.toMs = atMs;
    if (last?.shown !== shown) spans.push({ shown, fromMs: atMs, toMs: atMs });
  }
  return spans;
}

/** From the first audio to the first sound: what the decision to start cost. Undefined before there was sound. */
export function startWait({ firstAudioMs, firstSoundMs }: Pick<DebugHistory, 'firstAudioMs' | 'firstSoundMs'>): Span | undefined {
  if (firstAudioMs === undefined || firstSoundMs === undefined) return undefined;
  return { fromMs: Math.min(firstAudioMs, firstSoundMs), toMs: firstSoundMs };
}

/** Where a time lies across a picture of `width`. */
export const across = (atMs: number, { fromMs, toMs }: Span, width: number): number =>
  ((atMs - fromMs) / (toMs - fromMs)) * width;
