import type { PcmSource } from './pcm-source.ts';

/** The vendor clients' streams have this method: they ask for more text only while little of it waits to be played. */
const symbol = Symbol.for('saystream.followPlayback');

interface Follows {
  [symbol]?(bufferedMs: () => number): (() => void) | undefined;
}

/** Tells a stream how much of its audio waits to be played. Returns what to call when some was played. */
export const followPlayback = (source: PcmSource, bufferedMs: () => number): (() => void) | undefined =>
  (source as Follows)[symbol]?.(bufferedMs);
