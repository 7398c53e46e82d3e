import type { SpeechError } from '@saystream/errors';

import type { AttemptEvent, ClientEvent, RetryOptions } from '../client-options.ts';
import { sleep } from '../timing/sleep.ts';
import type { Account } from './account-health.ts';
import { decideRetry, type GiveUpReason } from './retry-policy.ts';

/** What decides over repeats, and who is told. */
export interface RetryContext {
  /** Names the vendor in events. */
  readonly vendor: string;
  /** Retry limits. */
  readonly retry: RetryOptions;
  /** The account's health. */
  readonly account: Account;
  /** Told of each attempt, wait and surrender. */
  readonly emit: (event: ClientEvent) => void;
}

/** Something that is attempted, and again where the policy allows it. */
export interface Attempts<T> {
  /** What is made. */
  readonly transport: AttemptEvent['transport'];
  /** Aborting it ends a wait at once. */
  readonly signal: AbortSignal;
  /** Whether it concerns the vendor's API: then a resting account stops it, and its ending counts. */
  readonly isWatched: boolean;
  /** Until the total limit, in milliseconds; without one there is no such limit here. */
  readonly remainingMs?: () => number;
  /** Awaited before each attempt. */
  readonly before?: (() => Promise<void> | undefined) | undefined;
  /** One attempt. */
  readonly once: () => Promise<T>;
  /** Names what an attempt threw. */
  readonly explain: (thrown: unknown) => SpeechError;
  /** Whether the last attempt may have been accepted, and would be paid again. */
  readonly isInDoubt?: () => boolean;
  /** Stops what the policy would allow. */
  readonly isFinal?: (error: SpeechError) => boolean;
}

/**
 * Attempts it until it succeeds or the policy says no.
 *
 * @throws SpeechError of the last attempt, or `unavailable` while the account rests; the signal's reason when it aborts
 */
export async function withRetries<T>({ vendor, retry, account, emit }: RetryContext, attempts: Attempts<T>): Promise<T> {
  const { transport, signal, isWatched, explain } = attempts;
  const giveUp = (error: SpeechError, reason: GiveUpReason) => {
    emit({ type: 'give-up', vendor, because: error.kind, reason });
    return error;
  };
  const resting = isWatched && account.ask();
  if (resting) throw giveUp(resting, 'breaker');

  for (let attempt = 1; ; attempt += 1) {
    await attempts.before?.();
    signal.throwIfAborted();
    emit({ type: 'attempt', vendor, transport, attempt });
    try {
      const result = await attempts.once();
      if (isWatched) account.tell({ type: 'answered' });
      return result;
    } catch (thrown) {
      const error = explain(thrown);
      const { kind } = error;
      const decision = attempts.isFinal?.(error)
        ? { giveUp: 'final' as const }
        : decideRetry(
            {
              error,
              attempt,
              paid: attempts.isInDoubt?.() ?? false,
              remainingMs: attempts.remainingMs?.() ?? Infinity,
              spareRepeats: account.health.spareRepeats,
            },
            retry,
          );
      if ('giveUp' in decision) {
        if (isWatched) account.tell({ type: 'failed', kind });
        throw giveUp(error, decision.giveUp);
      }
      account.tell({ type: 'repeated', kind });
      emit({ type: 'wait', vendor, delayMs: decision.delayMs, because: kind });
      await sleep(decision.delayMs, signal);
    }
  }
}
