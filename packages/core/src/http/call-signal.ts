import { SpeechError } from '@saystream/errors';

import { onAbort } from '../timing/on-abort.ts';
import { startDeadline } from '../timing/deadline.ts';

/** A signal for one call. */
export interface CallSignal {
  /** Aborts with the caller's reason, or with a `timeout` error once the whole call has taken too long. */
  readonly signal: AbortSignal;
  /** Until the total limit, in milliseconds. */
  remainingMs(): number;
  /** The call is over: nothing stays attached to the caller's signal. */
  release(): void;
}

/** Joins the caller's signal and the total limit. By hand, because `AbortSignal.any` leaks on long-lived signals. */
export function createCallSignal(vendor: string, totalMs: number, caller?: AbortSignal): CallSignal {
  const ending = new AbortController();
  const unlisten = onAbort(caller, (reason) => ending.abort(reason));
  const endsAtMs = performance.now() + totalMs;
  const total = startDeadline(totalMs, () => {
    const message = `The total limit of ${totalMs} ms passed.`;
    ending.abort(new SpeechError({ kind: 'timeout', vendor, limit: 'total', message }));
  });
  return {
    signal: ending.signal,
    remainingMs: () => endsAtMs - performance.now(),
    release() {
      total.cancel();
      unlisten();
    },
  };
}
