import { playerError } from '../player-error.ts';
import type { PcmSource } from '../pcm-source.ts';
import { anySource } from './any-source.ts';
import type { EncodedSource } from './encoded-source.ts';

/** `Uint8Array<ArrayBuffer>`, which a `Blob` takes, or `Uint8Array` before TypeScript 5.7, where the class is not generic. */
type WavBytes = ReturnType<Uint8Array['slice']>;

const headerBytes = 44;

/** Nearest 16-bit value: what is louder is clipped, NaN becomes silence. */
const toInt16 = (sample: number): number => Math.max(-0x8000, Math.min(0x7fff, Math.round(sample * 0x8000) || 0));

/**
 * A mono, 16-bit WAV file of `samples`.
 * @param sampleRate in Hz
 * @throws RangeError when it would be larger than the 4 GiB that WAV can say
 */
export function toWav(samples: Float32Array | readonly Float32Array[], sampleRate: number): WavBytes {
  const chunks = samples instanceof Float32Array ? [samples] : samples;
  const dataBytes = 2 * chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (dataBytes + headerBytes > 0xffff_ffff) throw new RangeError('Too long for a WAV file.');
  const view = new DataView(new ArrayBuffer(headerBytes + dataBytes));
  const tag = (at: number, text: string): void => [...text].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  tag(0, 'RIFF');
  view.setUint32(4, headerBytes - 8 + dataBytes, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true); // bytes of the format that follows
  view.setUint16(20, 1, true); // integers
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true); // bytes of a frame
  view.setUint16(34, 16, true); // bits of a sample
  tag(36, 'data');
  view.setUint32(40, dataBytes, true);
  let at = headerBytes;
  for (const chunk of chunks) {
    for (const sample of chunk) {
      view.setInt16(at, toInt16(sample), true);
      at += 2;
    }
  }
  return new Uint8Array(view.buffer);
}

/** The longest that is saved: a day at 48 kHz would not fit into a page. */
const samplesAtMost = 2 * 3600 * 48_000;

/**
 * Reads all of `source` into one WAV file, mono and 16 bits. It takes the source's only reading: to hear it as well, give
 * `response.clone()` or one half of `stream.tee()`. Rejects with what the source ended with when it is not complete.
 */
export async function saveWav(source: PcmSource | EncodedSource): Promise<WavBytes> {
  const pcm = anySource(source);
  const chunks: Float32Array[] = [];
  let samples = 0;
  for await (const chunk of pcm) {
    samples += chunk.length;
    if (samples > samplesAtMost) throw playerError('too-large', 'This is too long to save.', 'Save it in parts.');
    chunks.push(chunk.slice());
  }
  return toWav(chunks, (await pcm.format).sampleRate);
}
