import { joinBytes } from './join-bytes.ts';

const bytesPerSample = 4;

/** Turns frames of any size into samples. */
export interface Float32Frames {
  /** Bytes of an unfinished sample, 0–3, waiting for the next frame. */
  readonly leftover: number;
  /** The whole samples that are complete now. Empty when the frame only added to an unfinished one. */
  push(frame: Uint8Array): Float32Array;
}

/**
 * Reads IEEE-754 float32 little-endian samples from frames whose sizes mean nothing: 0–3 bytes are carried over to the
 * next frame. A frame that starts on a sample and lies aligned in memory is viewed, not copied. The machine must be
 * little-endian, as everything with a browser is.
 */
export function createFloat32Frames(): Float32Frames {
  let carried: Uint8Array = new Uint8Array(0);

  return {
    get leftover() {
      return carried.length;
    },
    push(frame) {
      const bytes = joinBytes(carried, frame);
      const samples = Math.floor(bytes.length / bytesPerSample);
      carried = bytes.slice(samples * bytesPerSample);
      const aligned = bytes.byteOffset % bytesPerSample === 0 ? bytes : bytes.slice();
      return new Float32Array(aligned.buffer as ArrayBuffer, aligned.byteOffset, samples);
    },
  };
}
