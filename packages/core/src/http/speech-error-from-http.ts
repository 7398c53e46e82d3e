import { whyUnreachable } from '#isomorphic-network-fault';
import { isSpeechError, SpeechError, type SpeechErrorFacts, type SpeechErrorKind } from '@saystream/errors';

import { rebilled } from './once-accepted.ts';
import { BodyReadError } from './read-body.ts';
import { isRelayRefusal } from './refused-by-relay.ts';

/** Where the failure happened. */
export interface FailedCall {
  /** Names the vendor in the error. */
  readonly vendor: string;
  /** The call's own signal. */
  readonly signal: AbortSignal;
  /** Whether the vendor charges for it. */
  readonly paid: boolean;
}

/** What each failure to read a body means. */
const bodyFailures = { idle: 'timeout', cut: 'truncated', 'too-large': 'bad-response' } as const;

/**
 * Names whatever an HTTP call threw. The original is not kept as `cause`: it holds the request, and with it the key.
 */
export function speechErrorFromHttp(thrown: unknown, { vendor, signal, paid }: FailedCall): SpeechError {
  // Whatever a vendor's 503 says of itself: what was sent before it may have been accepted.
  if (isSpeechError(thrown))
    return paid && thrown.status === 503 && !isRelayRefusal(thrown) ? rebilled(thrown, 'unknown') : thrown;
  const error = (kind: SpeechErrorKind, message: string, facts?: Partial<SpeechErrorFacts>) =>
    new SpeechError({ kind, vendor, message, billed: paid ? 'unknown' : 'no', ...facts });

  if (signal.aborted) return isSpeechError(signal.reason) ? signal.reason : error('aborted', 'The request was cancelled.');
  // ky's own; our signals never abort with one.
  if (thrown instanceof Error && thrown.name === 'TimeoutError')
    return error('timeout', 'No answer came in time.', { limit: 'first-audio' });
  if (thrown instanceof BodyReadError) {
    const kind = bodyFailures[thrown.reason];
    return error(kind, `The answer broke off (${thrown.reason}).`, { limit: kind === 'timeout' ? 'stall' : undefined });
  }
  const why = whyUnreachable(thrown);
  // Every runtime's fetch throws a TypeError when the network fails, and says no more than that in a browser.
  if (why || thrown instanceof TypeError) return error('unreachable', 'The vendor could not be reached.', why);
  return error('unknown', 'The request failed unexpectedly.');
}
