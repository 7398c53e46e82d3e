const mergeBelow = 256;
const mergeCapacity = 2_048;

/** A chunk that waits, and the one after it. */
interface Link {
  readonly chunk: Float32Array;
  next?: Link;
}

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
  /** A linked list: taking the first of a long array moves all others. `first` is the link that was taken last. */
  let first: Link = { chunk: new Float32Array(0) };
  let last = first;
  let open: { buffer: Float32Array; used: number } | undefined;
  let length = 0;
  let ending: { readonly error: unknown } | undefined;
  /** There while somebody waits for the next chunk. */
  let wakeReader: (() => void) | undefined;

  const append = (chunk: Float32Array) => (last = last.next = { chunk });
  const seal = () => {
    if (open) append(open.buffer.subarray(0, open.used));
    open = undefined;
  };
  const shift = () => {
    if (!first.next) seal();
    if (!first.next) return undefined;
    first = first.next;
    length -= first.chunk.length;
    return first.chunk;
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
        append(chunk);
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
      first = last = { chunk: new Float32Array(0) };
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
