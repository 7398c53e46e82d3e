import type { Upstream } from '../relay-context.ts';
import type { VendorAnswer } from './call-vendor.ts';
import type { Claim } from './kept-answers.ts';
import { hasNoBody } from './pass-answer.ts';
import { joined } from './read-pieces.ts';
import { createPageHalf } from './tee-to-page.ts';
import { vendorHeaders } from './vendor-headers.ts';

/** How an answer is passed and kept. */
export interface TeeOptions {
  readonly upstream: Upstream;
  readonly claim: Claim;
  readonly maxBytes: number;
  readonly track: (work: Promise<unknown>) => Promise<unknown>;
  /** Reads the beginning, before the page does; the whole when it is short. */
  readonly onStart?: (text: string) => Promise<unknown>;
  /** The vendor has done its work, or the connection broke. */
  readonly onEnd: (isCut: boolean) => void;
}

/** An answer that says which job it is says so here. */
const startBytes = 4_096;

/** The first pieces, until there are enough. */
async function readBeginning(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>): Promise<readonly Uint8Array[]> {
  const first: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < startBytes) {
    const { done, value } = await pieces.next();
    if (done) break;
    first.push(value);
    bytes += value.length;
  }
  return first;
}

/**
 * Passes an answer to the page while it arrives, and reads it to its end whether the page stays or not: it is paid for. A
 * second request with the same key is given what was kept.
 */
export function teeAnswer(answer: VendorAnswer, options: TeeOptions): Response {
  const { upstream, claim, maxBytes, track, onStart, onEnd } = options;
  const headers = vendorHeaders(answer.response, upstream);
  const { status } = answer.response;
  const kept = new Headers(headers);
  // An answer that broke off is shorter than it said.
  kept.delete('content-length');
  const keeping = claim.keep(status, kept);
  const page = createPageHalf(claim.memory);
  let bytes = 0;

  const pass = async (piece: Uint8Array) => {
    bytes += piece.length;
    if (bytes > maxBytes) throw new RangeError('The answer is larger than it can be.');
    page.push(piece);
    keeping.add(piece);
    // A page that takes nothing for too long is sent away, and then there is room.
    await page.room();
  };
  const run = async () => {
    let failure: { readonly error: Error } | undefined;
    try {
      if (onStart) {
        const first = await readBeginning(answer.pieces);
        await onStart(new TextDecoder().decode(joined(first))).catch(() => {});
        for (const piece of first) await pass(piece);
      }
      for await (const piece of answer.pieces) await pass(piece);
    } catch {
      failure = { error: new Error('The answer of the vendor broke off.') };
    }
    answer.stop();
    onEnd(failure !== undefined);
    await keeping.end(failure !== undefined);
    page.end(failure?.error);
  };
  track(run()).catch(() => {});
  return new Response(hasNoBody(status) ? null : page.stream, { status, headers });
}
