import { joinBytes } from './join-bytes.ts';

/** Turns bytes of 16-bit little-endian samples, split anywhere, into samples in [-1, 1). */
export interface Int16Samples {
  /** Bytes of a sample that is not complete: 0 or 1. */
  readonly leftover: number;
  /** The samples that are complete now. */
  push(bytes: Uint8Array): Float32Array;
}

/** For one channel, without a header. */
export function createInt16Samples(): Int16Samples {
  let carried: Uint8Array = new Uint8Array(0);
  return {
    get leftover() {
      return carried.length;
    },
    push(bytes) {
      const data = joinBytes(carried, bytes);
      const view = new DataView(data.buffer, data.byteOffset, data.length);
      const samples = new Float32Array(data.length >> 1);
      for (let i = 0; i < samples.length; i += 1) samples[i] = view.getInt16(i * 2, true) / 2 ** 15;
      carried = data.slice(samples.length * 2);
      return samples;
    },
  };
}
