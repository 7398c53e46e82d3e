import type { Refusal } from '../../relay-context.ts';
import { readPaidFields, type PaidFields } from './paid-fields.ts';
import { audixaFields } from './vendor-fields.ts';

/** The one frame that a page sends on Audixa's socket, checked; `wire` is what the vendor is sent. 400 otherwise. */
export function readAudixaStreamRequest(text: string): (PaidFields & { readonly voice: string }) | Refusal {
  return readPaidFields(text, audixaFields) as (PaidFields & { readonly voice: string }) | Refusal;
}
