import type { SpeechError } from '@saystream/errors';

import type { RetryOptions } from '../client-options.ts';

/** What the decision is made from. */
export interface FailedAttempt {
  /** What went wrong. */
  readonly error: SpeechError;
  /** The attempt that failed, counting from 1. */
  readonly attempt: number;
  /** Whether an accepted request costs money: then only a refusal that proves it was not accepted is sent again. */
  readonly paid: boolean;
}

/** Whether a system error proves that the request never left. */
export const neverSent = (code: string | undefined): boolean => /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/.test(code ?? '');

function maySendAgain({ error, paid }: FailedAttempt): boolean {
  // A cut answer says nothing against reading it again, as long as reading is free.
  if (!paid) return error.retryable || error.kind === 'truncated';
  // Told to come back later: nothing was accepted.
  return error.kind === 'rate-limited' || error.kind === 'busy' || (error.kind === 'unreachable' && neverSent(error.code));
}

/**
 * How long to wait before the next attempt, in milliseconds; undefined means give up. Half of the wait is fixed and
 * half random, so that a crowd of callers spreads out; a vendor's own hint is never undercut, and one above
 * `maxWaitMs` is left to the caller, who finds it in the error.
 */
export function retryDelayMs(failed: FailedAttempt, retry: RetryOptions, random: () => number = Math.random): number | undefined {
  if (failed.attempt >= retry.tries || !maySendAgain(failed)) return undefined;
  const hintMs = failed.error.retryAfterMs ?? 0;
  if (hintMs > retry.maxWaitMs) return undefined;
  const cappedMs = Math.min(retry.maxDelayMs, retry.baseDelayMs * 2 ** (failed.attempt - 1));
  return Math.max(hintMs, cappedMs / 2 + (random() * cappedMs) / 2);
}
