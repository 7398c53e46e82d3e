/** Renews something until it is given back, and says when it was lost. */
export interface RenewedLease {
  /** Stops the renewing. Resolves when none is on its way any more: only then can what it took be given back for good. */
  stop(): Promise<void>;
  /** Aborted when it could not be renewed for as long as it lives. */
  readonly lost: AbortSignal;
}

/** Renewed three times in its life, so that one failure is no loss. */
export function renewLease(ttlMs: number, renew: () => Promise<boolean>): RenewedLease {
  const losing = new AbortController();
  let renewedAtMs = performance.now();
  let underway: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    const askedAtMs = performance.now();
    underway = renew().then(
      (isHeld) => {
        if (isHeld) renewedAtMs = askedAtMs;
        else lose();
      },
      () => {
        if (performance.now() - renewedAtMs > ttlMs) lose();
      },
    );
  }, ttlMs / 3);
  (timer as { unref?: () => void }).unref?.();
  const stop = (): Promise<void> => {
    clearInterval(timer);
    return underway;
  };
  const lose = (): void => {
    clearInterval(timer);
    losing.abort();
  };
  return { stop, lost: losing.signal };
}
