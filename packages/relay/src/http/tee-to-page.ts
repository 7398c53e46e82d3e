/** The page's half of an answer that is read to its end whether the page stays or not. */
export interface PageHalf {
  readonly stream: ReadableStream<Uint8Array>;
  /** Gives the page a piece. Nothing happens once it has left. */
  push(piece: Uint8Array): void;
  /** Resolves when the page has room again, or has left; one that takes nothing for `slowReaderMs` is sent away. */
  room(): Promise<void>;
  /** Ends it; with an error when the answer broke off. */
  end(error?: Error): void;
}

/** Bytes that may wait for a page. */
const highWaterMark = 1_048_576;

/** Makes the page's half. */
export function createPageHalf(slowReaderMs: number): PageHalf {
  let control: ReadableStreamDefaultController<Uint8Array> | undefined;
  let wake = () => {};
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        control = controller;
      },
      pull: () => wake(),
      cancel() {
        control = undefined;
        wake();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark }),
  );
  const end = (error?: Error) => {
    if (error) control?.error(error);
    else control?.close();
    control = undefined;
  };
  return {
    stream,
    end,
    push: (piece) => control?.enqueue(piece),
    async room() {
      if (!control || (control.desiredSize ?? 0) > 0) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(() => {
          end(new Error('The page took nothing for too long.'));
          resolve();
        }, slowReaderMs);
      });
      clearTimeout(timer);
    },
  };
}
