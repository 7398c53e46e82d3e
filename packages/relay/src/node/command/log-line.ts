import type { RelayEvent } from '../../relay-options.ts';

/** What the command says besides the relay's own events. */
export type CommandEvent =
  | { readonly type: 'listening'; readonly host: string; readonly port: number; readonly store: 'memory' | 'redis' }
  | { readonly type: 'warning'; readonly code: string; readonly detail: string }
  | { readonly type: 'store'; readonly code: 'up' | 'down' }
  | { readonly type: 'draining' | 'closed' };

/** One event as one line. The members are named, so that what an event may hold one day is not logged by itself. */
export function logLine(event: RelayEvent | CommandEvent, nowMs = Date.now()): string {
  const { type, user, vendor, code, origin, detail, host, port, store, durationMs, characters, bytes } = event as RelayEvent &
    Record<'detail' | 'host' | 'port' | 'store', unknown>;
  return JSON.stringify({
    time: new Date(nowMs).toISOString(),
    type,
    user,
    vendor,
    code,
    origin,
    detail,
    host,
    port,
    store,
    durationMs: durationMs === undefined ? undefined : Math.round(durationMs),
    characters,
    bytes,
  });
}
