import { SpeechError } from '@saystream/errors';

import { startDeadline } from '../timing/deadline.ts';
import { onAbort } from '../timing/on-abort.ts';
import { CallMistake } from './call-mistake.ts';
import { speechErrorFromHttp } from './speech-error-from-http.ts';

/** Whose call it is. */
export interface CallContext {
  /** Names the vendor in errors. */
  readonly vendor: string;
  /** Time limits. */
  readonly timeouts: { readonly totalMs: number };
  /** The part of the total limit that earlier requests of the call have not used, in milliseconds. Default: all of the limit. */
  readonly leftMs?: number;
  /** Whether something may have been paid for; by default yes. */
  readonly isInDoubt?: () => boolean;
}

/**
 * Runs a call that consists of several requests and waits, under one signal and one total limit. The signals are joined by
 * hand, because `AbortSignal.any` leaks on long-lived signals.
 *
 * @throws SpeechError, whatever ended it: a request, a wait that was aborted, the total limit; CallMistake, a TypeError
 */
export async function withinCall<T>(
  { vendor, timeouts, leftMs = timeouts.totalMs, isInDoubt = () => true }: CallContext,
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal, remainingMs: () => number) => Promise<T>,
): Promise<T> {
  const { totalMs } = timeouts;
  const ending = new AbortController();
  const { signal } = ending;
  const end = (reason: unknown) => ending.abort(reason);
  const unlisten = onAbort(caller, end);
  const endsAtMs = performance.now() + leftMs;
  const total = startDeadline(leftMs, () => {
    const message = `The total limit of ${totalMs} ms passed.`;
    end(new SpeechError({ kind: 'timeout', vendor, message, limit: 'total', billed: isInDoubt() ? 'unknown' : 'no' }));
  });
  try {
    return await work(signal, () => endsAtMs - performance.now());
  } catch (thrown) {
    if (thrown instanceof CallMistake) throw thrown;
    // What a request throws knows whether it was paid; what a wait throws comes after one that was.
    throw speechErrorFromHttp(thrown, { vendor, signal, paid: isInDoubt() });
  } finally {
    total.cancel();
    unlisten();
  }
}
