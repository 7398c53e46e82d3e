type Listener = (reason: unknown) => void;

/** The listeners of each signal. They share one event listener: Node 20 warns about the eleventh on one signal. */
const listening = /* @__PURE__ */ new WeakMap<AbortSignal, Set<Listener>>();

function tellAll(this: AbortSignal): void {
  const listeners = listening.get(this);
  listening.delete(this);
  for (const listener of listeners ?? []) listener(this.reason);
}

/**
 * Calls back with the reason when the signal aborts, at once when it has aborted already.
 *
 * @returns what ends the listening, so that nothing stays attached to a long-lived signal
 */
export function onAbort(signal: AbortSignal | undefined, aborted: Listener): () => void {
  if (!signal) return () => undefined;
  if (signal.aborted) {
    aborted(signal.reason);
    return () => undefined;
  }
  const listeners = listening.get(signal) ?? new Set();
  if (listeners.size === 0) {
    listening.set(signal, listeners);
    signal.addEventListener('abort', tellAll, { once: true });
  }
  // The same function may listen twice; each listening is an entry of its own.
  const entry: Listener = (reason) => aborted(reason);
  listeners.add(entry);
  return () => {
    if (!listeners.delete(entry) || listeners.size > 0) return;
    listening.delete(signal);
    signal.removeEventListener('abort', tellAll);
  };
}
