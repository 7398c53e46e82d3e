/** Larger pieces are handed on in parts, so that a page whose line is slow shows that it takes something. */
const partBytes = 65_536;
const nothing = new Uint8Array(0);

/** Reads the next piece that is not empty; an empty one at the end. */
async function readPiece(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array> {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return nothing;
    if (value.length > 0) return value;
  }
}

/** What watches an answer on its way to a page. */
export interface Passing {
  /** How long the page may take nothing while it has not taken everything, in milliseconds. */
  readonly slowReaderMs: number;
  /** Ends the answer when aborted: the page has left, or its user was revoked. */
  readonly signal: AbortSignal;
  /** Called once, when the body has ended, broken off or been left. */
  readonly onEnd: () => void;
}

/**
 * Passes a body to the page at the page's pace, and nothing ahead of it. A page that takes nothing for `slowReaderMs` gets an error,
 * and what fills the body is cancelled.
 */
export function passToPage(
  body: ReadableStream<Uint8Array>,
  { slowReaderMs, signal, onEnd }: Passing,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let control: ReadableStreamDefaultController<Uint8Array>;
  let rest: Uint8Array = nothing;
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function over(): void {
    isOver = true;
    rest = nothing;
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
    onEnd();
  }
  function breakOff(why: Error): void {
    if (isOver) return;
    over();
    control.error(why);
    reader.cancel(why).catch(() => undefined);
  }
  const leave = (): void => breakOff(new Error('The answer was ended.'));
  const awaitPage = (): void => {
    timer = setTimeout(() => breakOff(new Error('The page took nothing for too long.')), slowReaderMs);
  };

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        control = controller;
        signal.addEventListener('abort', leave);
        awaitPage();
        if (signal.aborted) leave();
      },
      async pull(controller) {
        clearTimeout(timer);
        try {
          if (rest.length === 0) rest = await readPiece(reader);
          if (isOver) return;
          if (rest.length === 0) {
            over();
            return controller.close();
          }
        } catch (error) {
          if (isOver) return;
          over();
          throw error;
        }
        controller.enqueue(rest.subarray(0, partBytes));
        rest = rest.subarray(partBytes);
        awaitPage();
      },
      cancel(why) {
        if (!isOver) over();
        return reader.cancel(why);
      },
    },
    { highWaterMark: 0 },
  );
}
