import { createFairLine, type FairLine } from './fair-line.ts';
import type { RelayStore } from './relay-store.ts';
import { SlidingWindows } from './sliding-windows.ts';

const sweepMs = 30_000;

/** Deletes what has expired. */
function expire<T>(entries: Map<string, T>, endsAtMs: (value: T) => number, nowMs: number): void {
  for (const [key, value] of entries) if (endsAtMs(value) <= nowMs) entries.delete(key);
}

/**
 * Keeps everything in this process: right for one process, and lost with it. Tokens end with it too, even if `secrets` stay
 * the same. Character budgets and the owners of generations are forgotten: use `redisStore` where they must survive a restart.
 *
 * @param now a clock in milliseconds, for tests
 */
export function memoryStore(now: () => number = () => performance.now()): RelayStore {
  const values = new Map<string, { readonly value: Uint8Array; readonly endsAtMs: number }>();
  const onces = new Map<string, number>();
  const windows = new SlidingWindows(now);
  const leases = new Map<string, Map<string, number>>();
  const lines = new Map<string, FairLine>();
  const generation = crypto.randomUUID();
  const itself = (endsAtMs: number): number => endsAtMs;

  const timer = setInterval(() => {
    expire(values, ({ endsAtMs }) => endsAtMs, now());
    expire(onces, itself, now());
    windows.sweep();
    for (const [key, holders] of leases) {
      expire(holders, itself, now());
      if (holders.size === 0) leases.delete(key);
    }
    for (const [name, line] of lines) if (line.isEmpty(now())) lines.delete(name);
  }, sweepMs);
  // A store alone keeps no program running.
  (timer as { unref?: () => void }).unref?.();

  return {
    async once(key, ttlMs) {
      if ((onces.get(key) ?? 0) > now()) return false;
      onces.set(key, now() + ttlMs);
      return true;
    },
    spend: async (key, amount, limit, windowMs) => windows.spend(key, amount, limit, windowMs),
    async lease(key, holder, limit, ttlMs) {
      const holders = leases.get(key) ?? new Map<string, number>();
      expire(holders, itself, now());
      if (!holders.has(holder) && holders.size >= limit) return false;
      leases.set(key, holders.set(holder, now() + ttlMs));
      return true;
    },
    release: async (key, holder) => void leases.get(key)?.delete(holder),
    async takeTurn(name, ticket, user, rule) {
      const line = lines.get(name) ?? createFairLine();
      lines.set(name, line);
      return line.take(ticket, user, rule, now());
    },
    leaveLine: async (name, ticket, lingerMs = 0) => lines.get(name)?.leave(ticket, lingerMs, now()),
    put: async (key, value, ttlMs) => void values.set(key, { value, endsAtMs: now() + ttlMs }),
    async get(key) {
      const kept = values.get(key);
      return kept && kept.endsAtMs > now() ? kept.value : undefined;
    },
    async forget(key) {
      values.delete(key);
      onces.delete(key);
    },
    // A restarted process has forgotten used tokens and revocations: tokens of the previous one are refused.
    generation: async () => generation,
    close: async () => clearInterval(timer),
  };
}
