/**
 * Calls back with the reason when the signal aborts, at once when it has aborted already.
 *
 * @returns what ends the listening, so that nothing stays attached to a long-lived signal
 */
export function onAbort(signal: AbortSignal | undefined, aborted: (reason: unknown) => void): () => void {
  const listener = () => aborted(signal?.reason);
  if (signal?.aborted) listener();
  signal?.addEventListener('abort', listener, { once: true });
  return () => signal?.removeEventListener('abort', listener);
}
