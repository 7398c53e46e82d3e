/** The sender fell silent. */
class SilenceError extends Error {
  override readonly name = 'SilenceError';
}

/** Pieces of a body as they come. Throws SilenceError, the signal's reason, and whatever ends the connection. */
export async function* readPieces(
  body: ReadableStream<Uint8Array> | null,
  { idleMs, signal }: { readonly idleMs: number; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (!body) return;
  const reader = body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Ends the wait for the next piece. */
  let fail: (why: unknown) => void = () => {};
  const onAbort = () => fail(signal?.reason);
  signal?.addEventListener('abort', onAbort);
  try {
    for (;;) {
      signal?.throwIfAborted();
      // A promise for each piece: a race against one that lasts would hold every piece until the end.
      const { done, value } = await new Promise<ReadableStreamReadResult<Uint8Array>>((resolve, reject) => {
        fail = reject;
        timer = setTimeout(() => reject(new SilenceError('Nothing came for too long.')), idleMs);
        reader.read().then(resolve, reject);
      });
      clearTimeout(timer);
      if (done) return;
      yield value as Uint8Array<ArrayBuffer>;
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    reader.cancel().catch(() => {});
  }
}

/** The first bytes of a body, `maxBytes` at most; what ends it early, if anything did. */
export async function readStart(
  pieces: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly isWhole: boolean }> {
  const kept: Uint8Array[] = [];
  let length = 0;
  let isWhole = true;
  try {
    for await (const piece of pieces) {
      kept.push(piece);
      length += piece.length;
      if (length > maxBytes) break;
    }
  } catch {
    isWhole = false;
  }
  return { bytes: joined(kept).subarray(0, maxBytes), isWhole: isWhole && length <= maxBytes };
}

/** Pieces as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
