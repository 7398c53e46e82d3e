import type { Knobs } from '../scenario-knobs.ts';

/** Float32, 24,000 Hz, mono (vendor docs, streaming page). */
const bytesPerSecond = 24_000 * 4;
/** 40 ms. Frame sizes are not documented. */
const usualFrameBytes = bytesPerSecond * 0.04;

/** Numbers in [0, 1) that are the same each time, so that a failure can be repeated. */
export function* seededNumbers(): Generator<number, never> {
  let seed = 42;
  for (;;) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    yield seed / 2 ** 32;
  }
}

/** The bytes of each frame, without end. */
export function* frameSizes({ frameBytes = usualFrameBytes }: Knobs): Generator<number> {
  for (const number of seededNumbers()) yield frameBytes === 'random' ? 1 + Math.floor(number * 65_536) : frameBytes;
}

/** When the frame is due that begins at this byte: milliseconds after the first one at a pace of `rate` × real time. */
export const dueAfterMs = (byte: number, rate: number): number => (byte / (bytesPerSecond * rate)) * 1_000;
