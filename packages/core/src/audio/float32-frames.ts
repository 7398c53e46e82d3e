const bytesPerSample = 4;

/** Turns frames of any size into samples. */
export interface Float32Frames {
  /** Bytes of an unfinished sample, 0–3, waiting for the next frame. */
  readonly leftover: number;
  /** The whole samples that are complete now. Empty when the frame only added to an unfinished one. */
  push(frame: Uint8Array): Float32Array;
}

const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function viewOrCopy(bytes: Uint8Array): Float32Array {
  const aligned = bytes.byteOffset % bytesPerSample === 0 ? bytes : bytes.slice();
  const samples = new Float32Array(aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / bytesPerSample);
  if (hostIsLittleEndian) return samples;
  const view = new DataView(samples.buffer, samples.byteOffset, samples.byteLength);
  for (let i = 0; i < samples.length; i += 1) samples[i] = view.getFloat32(i * bytesPerSample, true);
  return samples;
}

/**
 * Reads IEEE-754 float32 little-endian samples from frames whose sizes mean nothing: 0–3 bytes are carried over to the
 * next frame. A frame that starts on a sample and lies aligned in memory is viewed, not copied.
 */
export function createFloat32Frames(): Float32Frames {
  let carried = new Uint8Array(0);

  return {
    get leftover() {
      return carried.length;
    },
    push(frame) {
      let bytes = frame;
      if (carried.length > 0) {
        bytes = new Uint8Array(carried.length + frame.length);
        bytes.set(carried);
        bytes.set(frame, carried.length);
      }
      const whole = bytes.length - (bytes.length % bytesPerSample);
      carried = bytes.slice(whole);
      return whole === 0 ? new Float32Array(0) : viewOrCopy(bytes.subarray(0, whole));
    },
  };
}
