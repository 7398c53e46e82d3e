import { soundSample } from './pcm-batch.ts';
import type { WireEncoding } from './socket-worker-messages.ts';

const bytesPerSample = { f32le: 4, s16le: 2 } as const;
/** Speech in floats does not begin with larger ones; text, web pages, WAV headers and compressed files always do. */
const largestFirstFloat = 1.5;
const checkedSamples = 4;

/**
 * Turns binary frames into samples, with what is left of a sample carried over to the next frame. Returns none, from then on,
 * when the first bytes are clearly no raw samples: the page's own decoder then decides what they are.
 */
export function createWireSamples(encoding: WireEncoding): (frame: ArrayBuffer) => Float32Array<ArrayBuffer> {
  const size = bytesPerSample[encoding];
  let held = new Uint8Array(0);
  let state: 'unchecked' | 'samples' | 'refused' = 'unchecked';

  const none = (): Float32Array<ArrayBuffer> => new Float32Array(0);
  const read = (view: DataView, at: number): number =>
    encoding === 'f32le' ? view.getFloat32(at * 4, true) : view.getInt16(at * 2, true) / 32_768;

  return (frame) => {
    if (state === 'refused') return none();
    const bytes = new Uint8Array(held.length + frame.byteLength);
    bytes.set(held);
    bytes.set(new Uint8Array(frame), held.length);
    const whole = Math.floor(bytes.length / size);
    if (state === 'unchecked' && whole < checkedSamples) {
      held = bytes;
      return none();
    }
    const view = new DataView(bytes.buffer);
    const samples = new Float32Array(whole);
    for (let at = 0; at < whole; at += 1) samples[at] = read(view, at);
    if (state === 'unchecked') {
      const looksRight = samples.subarray(0, checkedSamples).every((sample) => Math.abs(sample) <= largestFirstFloat);
      state = looksRight ? 'samples' : 'refused';
      if (!looksRight) return none();
    }
    held = bytes.slice(whole * size);
    return samples.map(soundSample);
  };
}
