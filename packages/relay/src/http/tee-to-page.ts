import { hasRoom, type KeptBytes } from './keeping.ts';

/** The page's half of an answer that is read to its end whether the page stays or not. */
export interface PageHalf {
  readonly stream: ReadableStream<Uint8Array>;
  /** Gives the page a piece. Nothing happens once it has left. */
  push(piece: Uint8Array): void;
  /** Resolves when the page has room again, or has left. */
  room(): Promise<void>;
  /** Ends it after what was pushed; with an error when the answer broke off. */
  end(error?: Error): void;
}

/** Bytes that always may wait for a page. */
const leastBytes = 262_144;
/** Bytes that may wait for one page while the relay's memory for answers has room. */
const mostBytes = 7_340_032;

/**
 * Makes the page's half. What waits for the page is counted in `memory`. A page that takes nothing is sent away by what passes the
 * stream on (`passToPage`), by cancelling it.
 */
export function createPageHalf(memory: KeptBytes): PageHalf {
  const queue: Uint8Array[] = [];
  let waitingBytes = 0;
  let hasLeft = false;
  let ending: { readonly error: Error | undefined } | undefined;
  /** Wakes the page, which waits for a piece. */
  let wakePage = () => {};
  /** Wakes the sender, which waits for room. */
  let wakeSender = () => {};

  const count = (bytes: number): void => {
    waitingBytes += bytes;
    memory.total += bytes;
  };
  const isFull = (): boolean => !hasLeft && waitingBytes >= leastBytes && (waitingBytes >= mostBytes || !hasRoom(memory));

  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (queue.length === 0 && !ending) await new Promise<void>((resolve) => (wakePage = resolve));
        const piece = queue.shift();
        if (piece) {
          count(-piece.length);
          wakeSender();
          // Pieces that came before a break are delivered before it is told.
          return controller.enqueue(piece);
        }
        if (ending?.error) controller.error(ending.error);
        else if (!hasLeft) controller.close();
      },
      cancel() {
        hasLeft = true;
        ending ??= { error: undefined };
        queue.length = 0;
        count(-waitingBytes);
        wakePage();
        wakeSender();
      },
    },
    { highWaterMark: 0 },
  );
  return {
    stream,
    push(piece) {
      if (hasLeft || piece.length === 0) return;
      queue.push(piece);
      count(piece.length);
      wakePage();
    },
    async room() {
      while (isFull()) await new Promise<void>((resolve) => (wakeSender = resolve));
    },
    end(error) {
      ending ??= { error };
      wakePage();
    },
  };
}
