import type { FailedExchange, SpeechError } from '@saystream/errors';

import { rebilled } from './once-accepted.ts';

/** Codes of the relay's own 503: the request was not handed to the vendor (docs/relay-protocol.md). */
const notHandedOver = /"urn:saystream:relay:(vendor_unreachable|store_down|draining|authorize_down)"/;

/** The proofs are told from a vendor's 503, which says `no` as well and proves nothing to a paid request. */
const proofs = /* @__PURE__ */ new WeakSet<SpeechError>();

/** Says that nothing was charged where the relay's own problem document proves it. */
export function refusedByRelay(error: SpeechError, { status, body }: FailedExchange): SpeechError {
  if (status !== 503 || !notHandedOver.test(body as string)) return error;
  const proof = rebilled(error, 'no');
  proofs.add(proof);
  return proof;
}

/** Whether the relay itself refused, before the vendor was asked. */
export const isRelayRefusal = (error: SpeechError): boolean => proofs.has(error);
