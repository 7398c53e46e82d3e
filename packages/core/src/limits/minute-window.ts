import type { Pace } from '../http/http-call.ts';
import { sleep } from '../timing/sleep.ts';

/** Options of `createMinuteWindow`. */
export interface MinuteWindowOptions {
  /** Requests in any 60 s, until the vendor's headers say otherwise. */
  readonly limit: number;
  /** Told when a request has to wait, and for how long. */
  readonly onHeld: (delayMs: number) => void;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
  /** The time of day, in milliseconds since 1970: the vendor's headers name times of it. */
  readonly epochMs?: () => number;
}

/** A little more than a minute: the vendor's clock starts when a request arrives, ours when it leaves. */
const windowMs = 60_500;
/** The vendor's times are whole seconds. */
const roundingMs = 1_000;
/** A header may say anything. */
const mostCounted = 1_000;

/** The value of a rate header; undefined when it is absent, hidden from the page or no whole number. */
function header(headers: Headers, name: string): number | undefined {
  const text = headers.get(`x-ratelimit-${name}`);
  return text && /^\d{1,13}$/.test(text) ? Number(text) : undefined;
}

/** A request that has left, ours or somebody else's, or one that waits. */
interface Entry {
  atMs: number;
  waits: boolean;
}

/**
 * Keeps to a sliding window of a minute, so that this client is never the one who breaks the limit. It counts what it
 * sends, and believes the vendor's headers where they know better: others may use the same key.
 */
export function createMinuteWindow(options: MinuteWindowOptions): Pace {
  const { onHeld, now = () => performance.now(), epochMs = () => Date.now() } = options;
  let { limit } = options;
  /** In the order of asking. */
  let entries: Entry[] = [];

  /** When a request may leave that all of these go before. */
  function turnAfter(ahead: readonly Entry[]): number {
    const timesMs = ahead.map(({ atMs }) => atMs).sort((a, b) => a - b);
    return Math.max(now(), (timesMs.at(-limit) ?? -Infinity) + windowMs);
  }

  return {
    async before(signal) {
      entries = entries.filter(({ atMs, waits }) => waits || atMs > now() - windowMs);
      const mine: Entry = { atMs: turnAfter(entries), waits: true };
      entries.push(mine);
      if (mine.atMs > now()) onHeld(mine.atMs - now());
      try {
        while (mine.atMs > now()) {
          await sleep(mine.atMs - now(), signal);
          // The headers may have told of others meanwhile.
          mine.atMs = turnAfter(entries.slice(0, entries.indexOf(mine)));
        }
      } catch (reason) {
        // Somebody else may have the turn.
        entries.splice(entries.indexOf(mine), 1);
        throw reason;
      }
      mine.waits = false;
    },
    after(headers) {
      limit = Math.max(1, header(headers, 'limit') ?? limit);
      const leavesInMs = (header(headers, 'reset') ?? 0) * 1_000 + roundingMs - epochMs();
      const remaining = header(headers, 'remaining');
      if (remaining === undefined || leavesInMs <= 0) return;
      // What the vendor counts and we did not send, somebody else did; it may have been just now.
      const counted = entries.filter(({ atMs, waits }) => !waits && atMs > now() - windowMs);
      const used = Math.min(limit, mostCounted) - remaining;
      while (counted.length < used) counted.push({ atMs: now(), waits: false });
      entries = [...counted, ...entries.filter(({ waits }) => waits)];
      // The reset is when the oldest of them leaves the vendor's window.
      const [oldest] = counted.sort((a, b) => a.atMs - b.atMs);
      if (oldest) oldest.atMs = Math.min(oldest.atMs, now() + leavesInMs - windowMs);
    },
  };
}
