import type { Knobs } from '../scenario-knobs.ts';
import { seededRandom } from '../seeded-random.ts';

/** Float32, 24,000 Hz, mono (vendor docs, streaming page). */
const bytesPerSecond = 24_000 * 4;
/** 40 ms. Frame sizes are not documented. */
const usualFrameBytes = bytesPerSecond * 0.04;

/** Any seed does, as long as it is always the same. */
export const frameSeed = 42;

/** The bytes of each frame, without end. */
export function* frameSizes({ frameBytes = usualFrameBytes }: Knobs): Generator<number> {
  const random = seededRandom(frameSeed);
  for (;;) yield frameBytes === 'random' ? 1 + Math.floor(random() * 65_536) : frameBytes;
}

/** When the frame is due that begins at this byte: milliseconds after the first one at a pace of `rate` × real time. */
export const dueAfterMs = (byte: number, rate: number): number => (byte / (bytesPerSecond * rate)) * 1_000;
