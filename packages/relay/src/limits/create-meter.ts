import { isRefusal, type Refusal } from '../relay-context.ts';
import type { RelayEvent, RelayLimits, RelayVendor } from '../relay-options.ts';
import type { LineRule, RelayStore, Turn } from '../store/relay-store.ts';
import type { Grant } from '../access/access.ts';
import type { Meter, StreamPlace, TakenCharacters, VendorTurn } from './meter.ts';
import { networkOf } from './network-of.ts';
import { createReadPlaces } from './read-places.ts';
import { renewLease } from './renewed-lease.ts';

/** A killed process holds its places for so long. */
const usualPlaceMs = 30_000;
/** Who waits is asked about so often. */
const askEveryMs = 150;
/** A waiting ticket that is not asked about for so long is forgotten: whoever comes next waits for no killed process. */
const waitMs = 5_000;
const minuteMs = 60_000;

const storeDown: Refusal = { status: 503, code: 'store_down', detail: 'The relay cannot reach its store.', retryAfterMs: 1_000 };
const tooMany = (code: string, detail: string, retryAfterMs?: number): Refusal => ({
  status: 429,
  code,
  detail,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});
const whose = { user: 'of yours', ip: 'from your network', all: 'at this time' } as const;

type Asked<T> = Promise<T | Refusal>;

/** What the store cannot say is not let through. */
async function orDown<T>(work: () => Promise<T>): Asked<T> {
  try {
    return await work();
  } catch {
    return storeDown;
  }
}

/** Gives back places and characters. The request does not wait for it; an event tells the operator when the store fails. */
type GiveBack = (what: 'refund' | 'release' | 'leave', work: Promise<unknown>) => void;

/** Makes the shared limits. A request is refused when the store does not answer. @param placeMs how long a place lives unrenewed @param emit told when the store fails to take something back */
export function createMeter(
  limits: RelayLimits,
  store: RelayStore,
  placeMs = usualPlaceMs,
  emit: (event: RelayEvent) => void = () => undefined,
): Meter {
  const giveBack: GiveBack = (what, work) => void work.catch(() => emit({ type: 'fault', code: `store_${what}_failed` }));
  const rules: Readonly<Partial<Record<RelayVendor, LineRule>>> = {
    moknah: { slots: 1, ttlMs: placeMs, waitMs },
    sauti: { perMinute: limits.sautiPerMinute, ttlMs: placeMs, waitMs },
  };
  const takeReadPlace = createReadPlaces(limits);
  const countRequest = (user: string, ip: string) => orDown(() => countByMinute(limits, store, user, ip));
  return {
    async openRead(user, ip) {
      // The place comes first: it costs nothing, and a flood is refused by it.
      const place = takeReadPlace(user, ip);
      if (isRefusal(place)) return place;
      const refusal = await countRequest(user, ip);
      if (!refusal) return place;
      place.release();
      return refusal;
    },
    countRequest,
    countConnect: (ip) =>
      orDown(async () => {
        const { taken, retryAfterMs } = await store.spend(
          `connects:${networkOf(ip)}`,
          1,
          limits.connectsPerIpPerMinute,
          minuteMs,
        );
        return taken ? undefined : tooMany('too_many_connects', 'Too many connections from your network.', retryAfterMs);
      }),
    openStream: (user, ip) => orDown(() => openStream({ limits, store, giveBack }, placeMs, user, ip)),
    takeCharacters: (grant, characters) => orDown(() => takeCharacters({ limits, store, giveBack }, grant, characters)),
    async takeTurn(vendor, user, ticket, watch) {
      const rule = rules[vendor];
      if (!rule) return atOnce();
      const turn: TurnAsked = {
        rule,
        ask: () => orDown(() => store.takeTurn(vendor, ticket, user, rule)),
        leave: (lingerMs) => giveBack('leave', store.leaveLine(vendor, ticket, lingerMs)),
      };
      return awaitTurn(turn, limits.queueWaitMs, watch);
    },
  };
}

async function countByMinute(limits: RelayLimits, store: RelayStore, user: string, ip: string): Promise<Refusal | undefined> {
  const windows = [
    ['user', `requests:user:${user}`, limits.requestsPerUserPerMinute],
    ['ip', `requests:ip:${networkOf(ip)}`, limits.requestsPerIpPerMinute],
    ['all', 'requests:all', limits.requestsTotalPerMinute],
  ] as const;
  // What a later window refuses stays counted in the earlier ones: the request was made.
  for (const [who, key, limit] of windows) {
    const { taken, retryAfterMs } = await store.spend(key, 1, limit, minuteMs);
    if (!taken) return tooMany('too_many_requests', `Too many requests ${whose[who]} in this minute.`, retryAfterMs);
  }
  return undefined;
}

/** The limits that a request counts against. */
interface Taking {
  readonly limits: RelayLimits;
  readonly store: RelayStore;
  readonly giveBack: GiveBack;
}

async function openStream({ limits, store, giveBack }: Taking, placeMs: number, user: string, ip: string): Asked<StreamPlace> {
  const holder = crypto.randomUUID();
  const places = [
    ['user', `streams:user:${user}`, limits.streamsPerUser],
    ['ip', `streams:ip:${networkOf(ip)}`, limits.streamsPerIp],
    ['all', 'streams:all', limits.streamsTotal],
  ] as const;
  const release = (): void => {
    for (const [, key] of places) giveBack('release', store.release(key, holder));
  };
  const take = async (): Promise<keyof typeof whose | undefined> => {
    for (const [who, key, limit] of places) if (!(await store.lease(key, holder, limit, placeMs))) return who;
    return undefined;
  };
  const full = await take().catch((error: unknown) => {
    // Some of the places may have been taken before the store fell silent.
    release();
    throw error;
  });
  if (full) {
    release();
    return tooMany('too_many_streams', `Too many streams ${whose[full]}.`, 1_000);
  }
  const lease = renewLease(placeMs, async () => (await take()) === undefined);
  return {
    lost: lease.lost,
    release() {
      void lease.stop().then(release);
    },
  };
}

async function takeCharacters({ limits, store, giveBack }: Taking, grant: Grant, characters: number): Asked<TakenCharacters> {
  const most = Math.min(grant.maxChars, limits.charactersPerRequest);
  if (characters > most) {
    return { status: 413, code: 'too_large', detail: `The text has ${characters} characters; ${most} are allowed.` };
  }
  const budgets = [
    [`characters:user:${grant.user}`, limits.charactersPerUser],
    ['characters:all', limits.charactersTotal],
  ] as const;
  const taken: (() => void)[] = [];
  const refund = (): void => {
    for (const giveBack of taken.splice(0)) giveBack();
  };
  for (const [key, { characters: limit, windowMs }] of budgets) {
    const spent = await store.spend(key, characters, limit, windowMs).catch((error: unknown) => {
      refund();
      throw error;
    });
    if (!spent.taken) {
      refund();
      return tooMany('characters_used_up', 'The characters of this time are used up.', spent.retryAfterMs);
    }
    taken.push(() => giveBack('refund', store.spend(key, -characters, limit, windowMs)));
  }
  return { refund };
}

/** One ticket of a line. */
interface TurnAsked {
  readonly rule: LineRule;
  ask(): Asked<Turn>;
  leave(lingerMs?: number): void;
}

const atOnce = (): VendorTurn => ({ release: () => undefined, lost: new AbortController().signal });

async function awaitTurn(
  turn: TurnAsked,
  waitMs: number,
  { signal, onPosition }: Parameters<Meter['takeTurn']>[3],
): Asked<VendorTurn> {
  const endsAtMs = performance.now() + waitMs;
  for (;;) {
    // Not asked once more: the answer might be a turn that nobody takes, and SAUTI's are few.
    if (signal.aborted) {
      turn.leave();
      return tooMany('queue_wait_over', 'The page left the line.');
    }
    const answer = await turn.ask();
    if (isRefusal(answer)) {
      turn.leave();
      return answer;
    }
    if (answer.granted) return held(turn);
    onPosition?.(answer.position);
    if (performance.now() >= endsAtMs) {
      turn.leave();
      return tooMany('queue_wait_over', `${answer.position} requests are served first.`, waitMs);
    }
    await pauseOrAbort(askEveryMs * (0.7 + Math.random() * 0.6), signal);
  }
}

const pauseOrAbort = (delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, delayMs);
    signal.addEventListener('abort', wake);
  });

function held({ rule, ask, leave }: TurnAsked): VendorTurn {
  // A minute's turn is used up at once; a slot is held.
  if (rule.slots === undefined) return atOnce();
  const lease = renewLease(rule.ttlMs, async () => {
    const turn = await ask();
    if (isRefusal(turn)) throw new Error(turn.code);
    // It stands in the line again, though nobody waits for a second turn: all behind it would wait for nothing.
    if (!turn.granted) leave();
    return turn.granted;
  });
  return {
    lost: lease.lost,
    release(lingerMs) {
      void lease.stop().then(() => leave(lingerMs));
    },
  };
}
