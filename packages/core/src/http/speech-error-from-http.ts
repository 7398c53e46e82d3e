import { isSpeechError, SpeechError } from '@saystream/errors';
import { isNetworkError, isTimeoutError } from 'ky';

import { BodyReadError } from './read-body.ts';

/** Where the failure happened. */
export interface FailedCall {
  /** Names the vendor in the error. */
  readonly vendor: string;
  /** The call's own signal. */
  readonly signal: AbortSignal;
  /** Whether the vendor charges for it. */
  readonly paid: boolean;
}

/** System errors that prove that nothing was sent. */
const neverSent: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Node hides the system's code a few causes deep; browsers show none. */
function networkCodeOf(thrown: unknown): string | undefined {
  let at: unknown = thrown;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && /^(E|UND_ERR)[A-Z_]+$/.test(code)) return code;
    at = at.cause;
  }
  return undefined;
}

const bodyFailures = {
  idle: { kind: 'timeout', limit: 'stall', what: 'stopped in mid-body' },
  cut: { kind: 'truncated', limit: undefined, what: 'was cut off' },
  'too-large': { kind: 'bad-response', limit: undefined, what: 'was too large' },
} as const;

/**
 * Names whatever an HTTP call threw. The original is not kept as `cause`: it holds the request, and with it the key.
 */
export function speechErrorFromHttp(thrown: unknown, { vendor, signal, paid }: FailedCall): SpeechError {
  if (isSpeechError(thrown)) return thrown;
  const billed = paid ? 'unknown' : 'no';
  if (signal.aborted) {
    if (isSpeechError(signal.reason)) return signal.reason;
    return new SpeechError({ kind: 'aborted', vendor, billed, message: 'The request was cancelled by its caller.' });
  }
  if (isTimeoutError(thrown)) {
    return new SpeechError({ kind: 'timeout', vendor, billed, limit: 'first-audio', message: 'The vendor did not answer in time.' });
  }
  if (thrown instanceof BodyReadError) {
    const { kind, limit, what } = bodyFailures[thrown.reason];
    return new SpeechError({ kind, limit, vendor, billed, message: `The vendor's answer ${what}: ${thrown.message}.` });
  }
  const code = networkCodeOf(thrown);
  if (isNetworkError(thrown) || code !== undefined || thrown instanceof TypeError) {
    const sent = code === undefined || !neverSent.has(code);
    return new SpeechError({
      kind: 'unreachable',
      vendor,
      code,
      billed: sent ? billed : 'no',
      message: `The vendor could not be reached${code ? ` (${code})` : ''}.`,
    });
  }
  return new SpeechError({ kind: 'unknown', vendor, billed, message: 'The request failed in an unexpected way.' });
}
