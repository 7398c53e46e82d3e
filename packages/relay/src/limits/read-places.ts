import type { Refusal } from '../relay-context.ts';
import type { RelayLimits } from '../relay-options.ts';
import { networkOf } from './network-of.ts';

/** A place among the requests that this process works on. */
export interface ReadPlace {
  /** Gives the place back. Further calls do nothing. */
  release(): void;
}

const whose = { user: 'of yours', ip: 'from your network', all: 'at this time' } as const;

/**
 * Counts the HTTP requests at work in this process by user, by network and in all. They hold this process's memory and connections, so
 * no store is asked. @returns what takes a place, or the refusal 429 `too_many_requests`
 */
export function createReadPlaces(
  limits: Pick<RelayLimits, 'readsPerUser' | 'readsPerIp' | 'readsTotal'>,
): (user: string, ip: string) => ReadPlace | Refusal {
  const counts = new Map<string, number>();
  const add = (key: string, amount: number): void => {
    const count = (counts.get(key) ?? 0) + amount;
    if (count > 0) counts.set(key, count);
    else counts.delete(key);
  };
  return (user, ip) => {
    const places = [
      ['user', `user:${user}`, limits.readsPerUser],
      ['ip', `ip:${networkOf(ip)}`, limits.readsPerIp],
      ['all', 'all', limits.readsTotal],
    ] as const;
    const full = places.find(([, key, most]) => (counts.get(key) ?? 0) >= most);
    if (full) {
      const detail = `Too many requests ${whose[full[0]]} are at work.`;
      return { status: 429, code: 'too_many_requests', detail, retryAfterMs: 1_000 };
    }
    for (const [, key] of places) add(key, 1);
    let isHeld = true;
    return {
      release() {
        if (!isHeld) return;
        isHeld = false;
        for (const [, key] of places) add(key, -1);
      },
    };
  };
}
