import { startDeadline } from '../timing/deadline.ts';

/** Why a body could not be read to its end. `idle`: nothing came for too long. `cut`: the connection ended. */
export type BodyFailure = 'idle' | 'cut' | 'too-large';

/** A body that could not be read to its end. */
export class BodyReadError extends Error {
  /** What happened. */
  readonly reason: BodyFailure;

  /** Names what happened. */
  constructor(reason: BodyFailure) {
    super(reason);
    this.reason = reason;
  }
}

/** Limits of reading one body. */
export interface BodyLimits {
  /** Longest silence between two pieces, in milliseconds. */
  readonly idleMs: number;
  /** Most bytes to accept. */
  readonly maxBytes: number;
  /** Aborting it rejects the read with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The pieces of a body as they come. `fetch` and ky stop watching at the headers, so the watch over the body is here.
 *
 * @throws BodyReadError; the signal's reason when it aborts
 */
export async function* readBody(response: Response, limits: BodyLimits): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const { signal } = limits;
  let stop: (why: unknown) => void = () => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = reject;
  });
  stopped.catch(() => undefined);
  const onAbort = () => stop(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  const idle = startDeadline(limits.idleMs, () => stop(new BodyReadError('idle')));
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([cutAware(reader.read()), stopped]);
      if (done) return;
      idle.touch();
      bytes += value.length;
      if (bytes > limits.maxBytes) throw new BodyReadError('too-large');
      yield value;
    }
  } finally {
    idle.cancel();
    signal?.removeEventListener('abort', onAbort);
    void reader.cancel().catch(() => undefined);
  }
}

/** A connection that ends in mid-body surfaces as a bare `TypeError`; give it a name. */
async function cutAware<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof TypeError) throw new BodyReadError('cut');
    throw error;
  }
}

/**
 * The whole body.
 *
 * @throws like `readBody`
 */
export async function readBytes(response: Response, limits: BodyLimits): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of readBody(response, limits)) {
    pieces.push(piece);
    length += piece.length;
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
