/**
 * Whether `listener` is the only listener for `upgrade`, judged by the `this` that it was called with: Node calls a listener with its
 * emitter. Then no other code can answer a foreign handshake, and Node leaves the socket open for ever.
 */
export function isOnlyListener(emitter: unknown, listener: unknown): boolean {
  const { listeners } = (emitter ?? {}) as { readonly listeners?: (name: string) => readonly unknown[] };
  if (typeof listeners !== 'function') return false;
  const found = listeners.call(emitter, 'upgrade');
  return found.length === 1 && found[0] === listener;
}
