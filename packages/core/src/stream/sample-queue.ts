const mergeBelow = 256;
const mergeCapacity = 2_048;

/** Samples waiting for their consumer, in order. */
export interface SampleQueue {
  /** Samples held. */
  readonly length: number;
  /** Takes over the chunk: the caller must not write to it again. Chunks under 256 samples are merged. */
  push(chunk: Float32Array): void;
  /** The oldest chunk, or undefined when the queue is empty. */
  shift(): Float32Array | undefined;
  /** Forgets everything held. */
  clear(): void;
}

/**
 * Large chunks pass through untouched; runs of tiny ones (a vendor may send a byte at a time) are gathered, so that a
 * slow consumer does not face thousands of one-sample arrays.
 */
export function createSampleQueue(): SampleQueue {
  let chunks: Float32Array[] = [];
  let open: { buffer: Float32Array; used: number } | undefined;
  let length = 0;

  const seal = () => {
    if (open) chunks.push(open.buffer.subarray(0, open.used));
    open = undefined;
  };

  return {
    get length() {
      return length;
    },
    push(chunk) {
      if (chunk.length === 0) return;
      length += chunk.length;
      if (chunk.length >= mergeBelow) {
        seal();
        chunks.push(chunk);
        return;
      }
      if (open && open.used + chunk.length > mergeCapacity) seal();
      open ??= { buffer: new Float32Array(mergeCapacity), used: 0 };
      open.buffer.set(chunk, open.used);
      open.used += chunk.length;
    },
    shift() {
      if (chunks.length === 0) seal();
      const chunk = chunks.shift();
      length -= chunk?.length ?? 0;
      return chunk;
    },
    clear() {
      chunks = [];
      open = undefined;
      length = 0;
    },
  };
}
