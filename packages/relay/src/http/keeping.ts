import { hasNoBody } from './pass-answer.ts';
import { joined } from './read-pieces.ts';

/** So long an answer is given again (docs/relay-protocol.md). */
export const keptMs = 120_000;
const maxAnswerBytes = 16_777_216;
/** Of all answers that this process keeps or is about to, and of what waits for pages. */
const maxBytes = 100_663_296;

/** An answer being kept. */
export interface Keeping {
  /** Adds a piece; false when the answer has become too large to be kept. */
  readonly add: (piece: Uint8Array) => boolean;
  /** Ends it. `isCut`: the vendor's answer broke off, and will do so again. */
  readonly end: (isCut?: boolean) => Promise<void>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Lets a process end that waits for nothing else. */
export function later(ms: number, run: () => void): void {
  const timer: unknown = setTimeout(run, ms);
  (timer as { unref?: () => void }).unref?.();
}

interface Head {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly isCut: boolean;
}

/** One line of JSON, then the body. */
function pack(head: Head, pieces: readonly Uint8Array[]): Uint8Array {
  return joined([encoder.encode(`${JSON.stringify(head)}\n`), ...pieces]);
}

export function unpack(packed: Uint8Array): Response {
  const end = packed.indexOf(10);
  const { status, headers, isCut } = JSON.parse(decoder.decode(packed.subarray(0, end))) as Head;
  // Not copied: a kept answer is held once, however many pages are given it.
  const body = packed.subarray(end + 1);
  const again = new Headers(headers.map(([name, value]): [string, string] => [name, value]));
  again.set('idempotency-replayed', 'true');
  // First all that came, then the break.
  const rest = body.length > 0 ? [body] : [];
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = rest.shift();
      if (piece) controller.enqueue(piece);
      else if (isCut) controller.error(new Error('The answer broke off.'));
      else controller.close();
    },
  });
  return new Response(hasNoBody(status) && !isCut ? null : stream, { status, headers: again });
}

/** The memory that the answers of one relay share: kept ones, and what waits for pages. */
export interface KeptBytes {
  total: number;
}

/** Whether `bytes` more fit into the memory for answers. */
export const hasRoom = ({ total }: KeptBytes, bytes = 0): boolean => total + bytes <= maxBytes;

/** Gathers one answer. `finish` is given what to keep, if anything, and says when it may be forgotten. */
export function startKeeping(
  memory: KeptBytes,
  head: { readonly status: number; readonly headers: Headers },
  finish: (packed: Uint8Array | undefined) => Promise<void>,
): Keeping {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  let isKept = true;
  const letGo = () => {
    memory.total -= bytes;
    bytes = 0;
    pieces.length = 0;
    isKept = false;
  };
  return {
    add(piece) {
      if (!isKept) return false;
      if (bytes + piece.length > maxAnswerBytes || !hasRoom(memory, piece.length)) {
        letGo();
        return false;
      }
      pieces.push(piece);
      bytes += piece.length;
      memory.total += piece.length;
      return true;
    },
    async end(isCut = false) {
      const packed = isKept ? pack({ status: head.status, headers: [...head.headers], isCut }, pieces) : undefined;
      pieces.length = 0;
      await finish(packed);
      later(keptMs, letGo);
    },
  };
}
