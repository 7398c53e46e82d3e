import type { Knobs } from '../scenario-table.ts';
import { wavFile } from '../wav-file.ts';

const bytesPerSecond = 24_000 * 4;
const defaultFrameBytes = bytesPerSecond * 0.04;
const mp3Frame = Buffer.from([0xff, 0xfb, 0x90, 0xc4]);

/** What the audio frames of a stream hold, end to end: float32 little-endian, unless the scenario says otherwise. */
export function payloadOf(samples: Float32Array, knobs: Knobs): Buffer {
  const odd = new Set(knobs.oddities);
  const raw = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  if (odd.has('wav-in-stream')) return wavFile(samples);
  if (odd.has('mp3-in-stream')) return Buffer.alloc(raw.length, mp3Frame);
  if (odd.has('html-in-stream')) return Buffer.from('<!doctype html><title>Sign in to the network</title>'.padEnd(raw.length, ' '));
  if (odd.has('leftover-bytes')) return Buffer.concat([raw, Buffer.from([1, 2, 3])]);
  if (!odd.has('nan-samples')) return raw;
  const wild = samples.slice();
  [NaN, Infinity, -Infinity, 1e30, -3].forEach((value, i) => (wild[100 + i * 50] = value));
  return Buffer.from(wild.buffer);
}

/** Sizes of the frames, from a fixed seed where they are random, so that a failure can be repeated. */
export function* frameSizes({ frameBytes = defaultFrameBytes }: Knobs): Generator<number, never> {
  let seed = 42;
  for (;;) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    yield frameBytes === 'random' ? 1 + (seed % 65_536) : frameBytes;
  }
}

/** When a frame is due that begins at this byte, in milliseconds after the first. */
export const dueAfterMs = (byte: number, rate: number): number => (rate === Infinity ? 0 : (byte / (bytesPerSecond * rate)) * 1_000);
