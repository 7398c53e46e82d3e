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

/** The value of a rate header; undefined when it is absent, hidden from the page or no whole number. */
function header(headers: Headers, name: string): number | undefined {
  const text = headers.get(`x-ratelimit-${name}`);
  return text && /^\d{1,13}$/.test(text) ? Number(text) : undefined;
}

/**
 * Keeps to a sliding window of a minute, so that this client is never the one who breaks the limit. It counts what it
 * sends, and believes the vendor's headers where they know better: others may use the same key.
 */
export function createMinuteWindow(options: MinuteWindowOptions): Pace {
  const { onHeld, now = () => performance.now(), epochMs = () => Date.now() } = options;
  let { limit } = options;
  let sentMs: number[] = [];
  let closedUntilMs = 0;
  /** When a request may leave, if all that were promised before it do as well. */
  function reserve(): number {
    const atMs = now();
    sentMs = sentMs.filter((each) => each > atMs - windowMs);
    const blocker = sentMs.at(-limit);
    const turnMs = Math.max(atMs, closedUntilMs, blocker === undefined ? 0 : blocker + windowMs);
    sentMs.push(turnMs);
    return turnMs;
  }

  return {
    async before(signal) {
      const turnMs = reserve();
      const delayMs = turnMs - now();
      if (delayMs <= 0) return;
      onHeld(delayMs);
      try {
        await sleep(delayMs, signal);
      } catch (reason) {
        // Somebody else may have the turn.
        sentMs.splice(sentMs.indexOf(turnMs), 1);
        throw reason;
      }
    },
    after(headers) {
      limit = Math.max(1, header(headers, 'limit') ?? limit);
      const resetSeconds = header(headers, 'reset');
      if (header(headers, 'remaining') !== 0 || resetSeconds === undefined) return;
      // What the vendor counts and we did not send, somebody else did: all of it may be gone until the reset.
      const waitMs = Math.min(windowMs, resetSeconds * 1_000 - epochMs());
      const ours = sentMs.filter((each) => each <= now()).length;
      if (ours < limit && waitMs > 0) closedUntilMs = now() + waitMs;
    },
  };
}
