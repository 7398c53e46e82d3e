/** Renews something until it is given back, and says when it was lost. */
export interface RenewedLease {
  /** Stops the renewing. Resolves when none is on its way any more: only then can what it took be given back for good. */
  stop(): Promise<void>;
  /** Aborted when the store says that it is not held any more. */
  readonly lost: AbortSignal;
}

/** While the store does not answer, it is asked so often: a lease that expired meanwhile is taken again before a new one. */
const askAgainMs = 250;

/**
 * Renews three times in a life. A store that does not answer takes nothing away: it lets nothing new in either, so what runs
 * goes on, and the lease is taken again when the store is back.
 */
export function renewLease(ttlMs: number, renew: () => Promise<boolean>): RenewedLease {
  const losing = new AbortController();
  const everyMs = ttlMs / 3;
  let underway: Promise<void> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  const renewIn = (delayMs: number): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      underway = renew().then(
        (isHeld) => (isHeld ? renewIn(everyMs) : losing.abort()),
        () => renewIn(Math.min(askAgainMs, everyMs)),
      );
    }, delayMs);
    (timer as { unref?: () => void }).unref?.();
  };
  renewIn(everyMs);
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
      return underway;
    },
    lost: losing.signal,
  };
}
