import { createFairLine, type FairLine } from './fair-line.ts';
import type { RelayStore } from './relay-store.ts';

/** An entry that is forgotten by itself. */
interface Expiring<T> {
  readonly value: T;
  readonly endsAtMs: number;
}

/** Amounts taken from a window, oldest first: a sixtieth of the window in one, counted from its end. */
type Takings = { amount: number; readonly untilMs: number }[];

/** What is left when the oldest is given back: it counts for as long as it may, never for less. */
function lessened(takings: Takings, amount: number): Takings {
  let back = amount;
  for (const taking of takings) {
    const part = Math.min(back, taking.amount);
    taking.amount -= part;
    back -= part;
  }
  return takings.filter((taking) => taking.amount > 0);
}

const sweepMs = 30_000;

/**
 * Keeps everything in this process: right for one process, and lost with it.
 *
 * @param now a clock in milliseconds, for tests
 */
export function memoryStore(now: () => number = () => performance.now()): RelayStore {
  const values = new Map<string, Expiring<Uint8Array>>();
  const onces = new Map<string, number>();
  const windows = new Map<string, { takings: Takings; windowMs: number }>();
  const leases = new Map<string, Map<string, number>>();
  const lines = new Map<string, FairLine>();

  function sweep(): void {
    for (const [key, { endsAtMs }] of values) if (endsAtMs <= now()) values.delete(key);
    for (const [key, endsAtMs] of onces) if (endsAtMs <= now()) onces.delete(key);
    for (const [key, window] of windows) if (fresh(window).length === 0) windows.delete(key);
    for (const [key, holders] of leases) if (holding(holders).size === 0) leases.delete(key);
    for (const [name, line] of lines) if (line.isEmpty(now())) lines.delete(name);
  }
  const timer = setInterval(sweep, sweepMs);
  // A store alone keeps no program running.
  (timer as { unref?: () => void }).unref?.();

  function fresh(window: { takings: Takings; windowMs: number }): Takings {
    window.takings = window.takings.filter(({ untilMs }) => untilMs + window.windowMs > now());
    return window.takings;
  }
  function add(takings: Takings, amount: number, windowMs: number): void {
    const last = takings.at(-1);
    if (last && last.untilMs > now()) last.amount += amount;
    else takings.push({ amount, untilMs: now() + windowMs / 60 });
  }
  function holding(holders: Map<string, number>): Map<string, number> {
    for (const [holder, endsAtMs] of holders) if (endsAtMs <= now()) holders.delete(holder);
    return holders;
  }

  return {
    async once(key, ttlMs) {
      if ((onces.get(key) ?? 0) > now()) return false;
      onces.set(key, now() + ttlMs);
      return true;
    },
    async spend(key, amount, limit, windowMs) {
      const window = windows.get(key) ?? { takings: [], windowMs };
      windows.set(key, window);
      const takings = fresh(window);
      const spent = takings.reduce((sum, taking) => sum + taking.amount, 0);
      if (amount > 0 && spent + amount > limit) {
        return {
          taken: false,
          left: Math.max(0, limit - spent),
          retryAfterMs: untilFree(takings, spent + amount - limit, windowMs),
        };
      }
      if (amount < 0) window.takings = lessened(takings, -amount);
      else if (amount > 0) add(takings, amount, windowMs);
      return { taken: true, left: limit - Math.max(0, spent + amount), retryAfterMs: 0 };

      function untilFree(oldestFirst: Takings, wanted: number, lengthMs: number): number {
        let freed = 0;
        for (const { amount: taken, untilMs } of oldestFirst) {
          freed += taken;
          if (freed >= wanted) return Math.max(1, Math.ceil(untilMs + lengthMs - now()));
        }
        return lengthMs;
      }
    },
    async lease(key, holder, limit, ttlMs) {
      const holders = holding(leases.get(key) ?? new Map<string, number>());
      if (!holders.has(holder) && holders.size >= limit) return false;
      leases.set(key, holders.set(holder, now() + ttlMs));
      return true;
    },
    async release(key, holder) {
      leases.get(key)?.delete(holder);
    },
    async takeTurn(name, ticket, user, rule) {
      const line = lines.get(name) ?? createFairLine();
      lines.set(name, line);
      return line.take(ticket, user, rule, now());
    },
    async leaveLine(name, ticket, lingerMs = 0) {
      lines.get(name)?.leave(ticket, lingerMs, now());
    },
    async put(key, value, ttlMs) {
      values.set(key, { value, endsAtMs: now() + ttlMs });
    },
    async get(key) {
      const kept = values.get(key);
      return kept && kept.endsAtMs > now() ? kept.value : undefined;
    },
    async forget(key) {
      values.delete(key);
      onces.delete(key);
    },
    async close() {
      clearInterval(timer);
    },
  };
}
