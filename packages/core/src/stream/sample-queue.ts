const mergeBelow = 256;
const mergeCapacity = 2_048;

/** Samples waiting for their consumer, in order. */
export interface SampleQueue {
  /** Samples held. */
  readonly length: number;
  /** Takes over the chunk: the caller must not write to it again. Chunks under 256 samples that nobody waits for are merged. */
  push(chunk: Float32Array): void;
  /** The oldest chunk, or undefined when the queue is empty. */
  shift(): Float32Array | undefined;
  /** Forgets everything held. */
  clear(): void;
  /** No more will come: whoever reads gets what is held, and then the end, or the error. */
  close(error?: unknown): void;
  /**
   * The chunks as they come, for one reader.
   *
   * @param taken called whenever the reader has taken one, or has found nothing
   */
  read(taken: () => void): AsyncGenerator<Float32Array, void, void>;
}

/**
 * Large chunks pass through untouched; runs of tiny ones (a vendor may send a byte at a time) are gathered, so that a
 * slow consumer does not face thousands of one-sample arrays.
 */
export function createSampleQueue(): SampleQueue {
  let chunks: Float32Array[] = [];
  let open: { buffer: Float32Array; used: number } | undefined;
  let length = 0;
  let ending: { readonly error: unknown } | undefined;
  /** There while somebody waits for the next chunk. */
  let wakeReader: (() => void) | undefined;

  const seal = () => {
    if (open) chunks.push(open.buffer.subarray(0, open.used));
    open = undefined;
  };
  const shift = () => {
    if (chunks.length === 0) seal();
    const chunk = chunks.shift();
    length -= chunk?.length ?? 0;
    return chunk;
  };

  return {
    get length() {
      return length;
    },
    push(chunk) {
      if (chunk.length === 0) return;
      length += chunk.length;
      if (wakeReader || chunk.length >= mergeBelow) {
        seal();
        chunks.push(chunk);
      } else {
        if (open && open.used + chunk.length > mergeCapacity) seal();
        open ??= { buffer: new Float32Array(mergeCapacity), used: 0 };
        open.buffer.set(chunk, open.used);
        open.used += chunk.length;
      }
      wakeReader?.();
    },
    shift,
    clear() {
      chunks = [];
      open = undefined;
      length = 0;
    },
    close(error) {
      ending = { error };
      wakeReader?.();
    },
    async *read(taken) {
      for (;;) {
        const chunk = shift();
        taken();
        if (chunk) yield chunk;
        else if (ending?.error) throw ending.error;
        else if (ending) return;
        else await new Promise<void>((resolve) => (wakeReader = resolve));
        wakeReader = undefined;
      }
    },
  };
}
