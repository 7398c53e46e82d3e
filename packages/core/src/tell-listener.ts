/** Calls a listener of the caller's. A listener that throws or rejects must change nothing about how speech ends. */
export function tellListener<T>(listener: ((told: T) => unknown) | undefined, told: T): void {
  try {
    Promise.resolve(listener?.(told)).catch(() => undefined);
  } catch {
    // The listener's own mistake.
  }
}
