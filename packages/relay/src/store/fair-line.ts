import type { LineRule, Turn } from './relay-store.ts';

interface Waiting {
  readonly user: string;
  /** Start tag: the lowest goes first. */
  readonly start: number;
  readonly arrival: number;
  seenAtMs: number;
}

/** One line, in which users take turns. */
export interface FairLine {
  take(ticket: string, user: string, rule: LineRule, nowMs: number): Turn;
  leave(ticket: string, lingerMs: number, nowMs: number): void;
  isEmpty(nowMs: number): boolean;
}

const minuteMs = 60_000;

/**
 * Start-time fair queueing (Goyal and others, 1996) with requests of one size: a ticket starts where its user's last one
 * ended, but not before what is being served, so whoever asks for much waits behind whoever asks for little.
 */
export function createFairLine(): FairLine {
  const waiting = new Map<string, Waiting>();
  const held = new Map<string, { readonly fence: number; endsAtMs: number }>();
  const ends = new Map<string, number>();
  let turnsAtMs: number[] = [];
  let servedTag = 0;
  let arrivals = 0;
  let fence = 0;

  function forget(waitMs: number, nowMs: number): void {
    for (const [ticket, { seenAtMs }] of waiting) if (seenAtMs + waitMs <= nowMs) waiting.delete(ticket);
    for (const [ticket, { endsAtMs }] of held) if (endsAtMs <= nowMs) held.delete(ticket);
    turnsAtMs = turnsAtMs.filter((atMs) => atMs > nowMs - minuteMs);
    for (const [user, end] of ends) if (end <= servedTag) ends.delete(user);
  }

  function enter(ticket: string, user: string, nowMs: number): Waiting {
    const known = waiting.get(ticket);
    if (known) return known;
    const start = Math.max(servedTag, ends.get(user) ?? 0);
    ends.set(user, start + 1);
    const entry = { user, start, arrival: (arrivals += 1), seenAtMs: nowMs };
    waiting.set(ticket, entry);
    return entry;
  }

  return {
    take(ticket, user, rule, nowMs) {
      forget(rule.waitMs ?? rule.ttlMs, nowMs);
      const own = held.get(ticket);
      if (own) {
        own.endsAtMs = nowMs + rule.ttlMs;
        return { granted: true, fence: own.fence };
      }
      const entry = enter(ticket, user, nowMs);
      entry.seenAtMs = nowMs;
      let position = 1;
      for (const { start, arrival } of waiting.values()) {
        if (start < entry.start || (start === entry.start && arrival < entry.arrival)) position += 1;
      }
      const hasSlot = rule.slots === undefined || held.size < rule.slots;
      const hasMinute = rule.perMinute === undefined || turnsAtMs.length < rule.perMinute;
      if (position > 1 || !hasSlot || !hasMinute) return { granted: false, position };
      waiting.delete(ticket);
      servedTag = entry.start;
      // Grows even after the line was forgotten.
      fence = Math.max(fence + 1, Math.floor(nowMs));
      if (rule.slots !== undefined) held.set(ticket, { fence, endsAtMs: nowMs + rule.ttlMs });
      if (rule.perMinute !== undefined) turnsAtMs.push(nowMs);
      return { granted: true, fence };
    },
    leave(ticket, lingerMs, nowMs) {
      waiting.delete(ticket);
      const own = held.get(ticket);
      if (own && lingerMs > 0) own.endsAtMs = nowMs + lingerMs;
      else held.delete(ticket);
    },
    isEmpty(nowMs) {
      forget(minuteMs, nowMs);
      return waiting.size + held.size + turnsAtMs.length === 0;
    },
  };
}
