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
  /** What is left of the call's total limit, in milliseconds. Default Infinity. */
  readonly remainingMs?: number;
  /** Repeats that the account can still bear. Default Infinity. */
  readonly spareRepeats?: number;
}

/**
 * Why a failed request is not sent again.
 * - `final`: the same request would fail again
 * - `paid`: it may have been accepted, and would be paid twice
 * - `tries`: it was tried as often as allowed
 * - `hint`: the vendor asks for a longer wait than `maxWaitMs`
 * - `deadline`: the wait would pass the call's total limit
 * - `load`: too much of what this account sends are repeats already
 * - `breaker`: the vendor failed too often in a row; nothing was sent at all
 */
export type GiveUpReason = 'final' | 'paid' | 'tries' | 'hint' | 'deadline' | 'load' | 'breaker';

/** What follows a failed attempt: a wait in milliseconds and another attempt, or the end. */
export type RetryDecision =
  | {
      /** Until the next attempt, in milliseconds. */
      readonly delayMs: number;
    }
  | {
      /** Why there is none. */
      readonly giveUp: GiveUpReason;
    };

/**
 * Told to come back later, or never heard: nothing was accepted. The relay's own 503 and a connection that was never made
 * are the only ones of their kinds that say that nothing was charged.
 */
export const provablyRefused = ({ kind, billed }: SpeechError): boolean =>
  kind === 'rate-limited' || kind === 'busy' || (/^un(reachable|available)$/.test(kind) && billed === 'no');

/** A cut answer says nothing against reading it again, as long as reading is free. */
const mayHelp = ({ retryable, kind }: SpeechError, paid: boolean): boolean => retryable || (kind === 'truncated' && !paid);

/**
 * Half of the wait is fixed and half random, so that a crowd of callers spreads out without burning all tries at once.
 * A vendor's own hint is never undercut. A taken slot is tried again after 1, 2, 4 and then every 5 s (with the default
 * `baseDelayMs`): the vendor tells no time, and the slot frees itself.
 */
function delayMsOf({ error, attempt }: FailedAttempt, retry: RetryOptions, random: number): number {
  const doubled = retry.baseDelayMs * 2 ** (attempt - 1);
  const hintMs = error.retryAfterMs ?? (error.kind === 'busy' ? Math.min(doubled * 2, retry.baseDelayMs * 10) : 0);
  const cappedMs = Math.min(retry.maxDelayMs, doubled);
  return Math.max(hintMs * (1 + random / 10), (cappedMs * (1 + random)) / 2);
}

/** Decides, and nothing else: it neither waits nor sends. */
export function decideRetry(failed: FailedAttempt, retry: RetryOptions, random: () => number = Math.random): RetryDecision {
  const { error, paid, remainingMs = Infinity, spareRepeats = Infinity } = failed;
  if (!mayHelp(error, paid)) return { giveUp: 'final' };
  if (paid && !provablyRefused(error)) return { giveUp: 'paid' };
  if (failed.attempt >= retry.tries) return { giveUp: 'tries' };
  if ((error.retryAfterMs ?? 0) > retry.maxWaitMs) return { giveUp: 'hint' };
  if (spareRepeats < 1) return { giveUp: 'load' };
  const delayMs = delayMsOf(failed, retry, random());
  return delayMs < remainingMs ? { delayMs } : { giveUp: 'deadline' };
}
