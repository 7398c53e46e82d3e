/**
 * Rejects with the signal's reason when it aborts. A timer holds the signal meanwhile, as the meter's own do: what only a listener on
 * a request's signal leads to is collected together with that request, and then waits for ever.
 */
export function waitUntilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const look = setInterval(() => {
      if (!signal.aborted) return;
      clearInterval(look);
      reject(signal.reason as Error);
    }, 5);
  });
}
