import { onAbort } from '../timing/on-abort.ts';
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

/** The body of a response without a web stream, in one piece. `read` cannot be interrupted there, so `cancel` settles it. */
function wholeBody(response: Response): Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'> {
  const done = { done: true, value: undefined } as const;
  let cancel = () => {};
  const cancelled = new Promise<typeof done>((resolve) => (cancel = () => resolve(done)));
  let isRead = false;
  return {
    async read() {
      if (isRead) return done;
      isRead = true;
      const whole = response.arrayBuffer().then(
        (buffer) => (buffer.byteLength > 0 ? { done: false as const, value: new Uint8Array(buffer) } : done),
        () => {
          throw new BodyReadError('cut');
        },
      );
      return Promise.race([whole, cancelled]);
    },
    async cancel() {
      cancel();
    },
  };
}

/**
 * The pieces of a body as they come. `fetch` and ky stop watching at the headers, so the watch over the body is here.
 *
 * @throws BodyReadError; the signal's reason when it aborts
 */
export async function* readBody(response: Response, { signal, idleMs, maxBytes }: BodyLimits): AsyncGenerator<Uint8Array> {
  // React Native has no body stream, and node-fetch one of Node: both give the body whole.
  const reader = response.body?.getReader?.() ?? wholeBody(response);
  let failure: { readonly why: unknown } | undefined;
  // Cancelling settles a read that hangs, at once and whatever the source does.
  const stop = (why: unknown) => {
    failure ??= { why };
    reader.cancel().catch(() => {});
  };
  const unlisten = onAbort(signal, stop);
  const idle = startDeadline(idleMs, () => stop(new BodyReadError('idle')));
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (failure) throw failure.why;
      if (done) return;
      idle.touch();
      bytes += value.length;
      if (bytes > maxBytes) throw new BodyReadError('too-large');
      yield value;
    }
  } catch (error) {
    // A connection that ends in mid-body surfaces as a bare `TypeError`; give it a name.
    throw error instanceof TypeError ? new BodyReadError('cut') : error;
  } finally {
    idle.cancel();
    unlisten();
    reader.cancel().catch(() => {});
  }
}

/**
 * The whole body.
 *
 * @throws like `readBody`
 */
export async function readBytes(response: Response, limits: BodyLimits): Promise<Uint8Array> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of readBody(response, limits)) pieces.push(piece as Uint8Array<ArrayBuffer>);
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
