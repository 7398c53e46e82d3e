/** Renews something until it is given back, and says when it was lost. */
export interface RenewedLease {
  /** Stops the renewing. */
  stop(): void;
  /** Aborted when it could not be renewed for as long as it lives. */
  readonly lost: AbortSignal;
}

/** Renewed three times in its life, so that one failure is no loss. */
export function renewLease(ttlMs: number, renew: () => Promise<boolean>): RenewedLease {
  const losing = new AbortController();
  let renewedAtMs = performance.now();
  const timer = setInterval(() => {
    const askedAtMs = performance.now();
    renew().then(
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
  const stop = (): void => clearInterval(timer);
  const lose = (): void => {
    stop();
    losing.abort();
  };
  return { stop, lost: losing.signal };
}
