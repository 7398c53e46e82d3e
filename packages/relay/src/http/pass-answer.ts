import type { Refusal, Upstream } from '../relay-context.ts';
import type { VendorAnswer } from './call-vendor.ts';
import { refuse } from './fields/refuse.ts';
import { readStart } from './read-pieces.ts';
import { vendorHeaders } from './vendor-headers.ts';

/** As much of an error as any client looks at. */
const maxErrorBytes = 65_536;

/** An answer read whole. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Whether the body ended as it should. */
  readonly isWhole: boolean;
}

/** Reads an answer whole, as far as `maxBytes`. Its length is not said again: the body may be changed yet. */
export async function readWhole(answer: VendorAnswer, upstream: Upstream, maxBytes = maxErrorBytes): Promise<WholeAnswer> {
  const { bytes, isWhole } = await readStart(answer.pieces, maxBytes);
  answer.stop();
  const headers = vendorHeaders(answer.response, upstream, bytes);
  headers.delete('content-length');
  return { status: answer.response.status, headers, body: bytes, isWhole };
}

const hasNoBody = (status: number): boolean => status === 204 || status === 205 || status === 304;

/** What was read whole, as a response. */
export const toResponse = ({ status, headers, body }: WholeAnswer): Response =>
  new Response(hasNoBody(status) ? null : body, { status, headers });

/** A stream of pieces; whoever leaves it lets go of them. */
export function toStream(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>, maxBytes: number): ReadableStream<Uint8Array> {
  let bytes = 0;
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) return controller.close();
      bytes += value.length;
      if (bytes > maxBytes) {
        pieces.return(undefined).catch(() => {});
        throw new RangeError('The answer is larger than it can be.');
      }
      controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

/** An answer as it comes: errors are read first, since the time to wait may be in their body. */
export async function passAnswer(answer: VendorAnswer, upstream: Upstream, maxBytes: number): Promise<Response | Refusal> {
  const { response, pieces, stop } = answer;
  if (!response.ok) return toResponse(await readWhole(answer, upstream));
  const headers = vendorHeaders(response, upstream);
  if (Number(headers.get('content-length') ?? 0) > maxBytes) {
    stop();
    return refuse(502, 'vendor_answer_refused', 'The answer of the vendor is larger than it can be.');
  }
  if (hasNoBody(response.status)) {
    stop();
    return new Response(null, { status: response.status, headers });
  }
  return new Response(toStream(pieces, maxBytes), { status: response.status, headers });
}
