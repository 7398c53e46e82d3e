import { explainExchange, type VendorCredits, type VendorReading } from './explain-exchange.ts';
import type { ExchangeLike } from './failed-exchange.ts';
import { detailsIn, member, numberOf } from './response-body.ts';
import type { SpeechError } from './speech-error.ts';

/** The body beats the headers. On a 402 `Moknah-Credits-Used` is what the request would have cost; elsewhere, what was used. */
function creditsIn(body: unknown, headers: ReadonlyMap<string, string>, status: number | undefined): VendorCredits | undefined {
  const details = detailsIn(body);
  const remaining = numberOf(member(details, 'credits_remaining') ?? headers.get('moknah-credits-remaining'));
  const required = numberOf(member(details, 'credits_required') ?? (status === 402 && headers.get('moknah-credits-used')));
  // `NaN` is left out of the error.
  return [remaining, required].some(Number.isFinite) ? { remaining, required } : undefined;
}

const reading: VendorReading = {
  vendor: 'moknah',
  name: 'Moknah',
  // The developer API wraps its code, the article API does not.
  codeIn: (body) => member(member(body, 'error') ?? body, 'code'),
  kindsByCode: {
    CONCURRENT_REQUEST: 'busy',
    RATE_LIMIT_EXCEEDED: 'rate-limited',
    INTERNAL_ERROR: 'vendor-fault',
  },
  creditsIn,
};

/**
 * Explains a failed answer of Moknah: `{ success?, error: { code, message, details? } }`, also under a 2xx, with the
 * credits of its body and headers. Never throws, and never returns anything but an error.
 */
export const parseMoknahError = (exchange: ExchangeLike): SpeechError => explainExchange(reading, exchange);
