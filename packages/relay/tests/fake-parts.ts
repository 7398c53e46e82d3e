import type { Access, Grant } from '../src/access/access.ts';
import { checkRelayOptions } from '../src/check-relay-options.ts';
import type { Meter } from '../src/limits/meter.ts';
import type { RelayContext, Refusal } from '../src/relay-context.ts';
import type { RelayEvent, RelayOptions } from '../src/relay-options.ts';
import type { RelayStore } from '../src/store/relay-store.ts';

/** Keeps values and `once`, and has no limits. */
export function fakeStore(): RelayStore {
  const values = new Map<string, Uint8Array>();
  const taken = new Set<string>();
  return {
    async once(key) {
      const isFirst = !taken.has(key);
      taken.add(key);
      return isFirst;
    },
    spend: async () => ({ taken: true, left: 1, retryAfterMs: 0 }),
    lease: async () => true,
    release: async () => {},
    takeTurn: async () => ({ granted: true, fence: 1 }),
    leaveLine: async () => {},
    put: async (key, value) => void values.set(key, value.slice()),
    get: async (key) => values.get(key),
    async forget(key) {
      values.delete(key);
      taken.delete(key);
    },
    close: async () => {},
  };
}

/** A bearer is JSON: what of a grant is not as usual. `used` and `none` are refused. */
function fakeAccess(origins: readonly string[]): Access {
  const refused = (status: number, code: string): Refusal => ({ status, code, detail: 'Refused.' });
  return {
    checkOrigin(headers) {
      const origin = headers.get('origin');
      return origin !== null && origins.includes(origin) ? origin : refused(403, 'wrong_origin');
    },
    mint: async () => Response.json({ token: 't', expires_in: 60 }),
    async redeem(token, { vendor, origin }) {
      if (!token) return refused(401, 'token_missing');
      if (token === 'used') return refused(401, 'token_used');
      const grant = { user: 'ada', origin, vendor: vendor ?? 'audixa', maxChars: 5_000, id: token, ...JSON.parse(atob(token)) };
      return grant as Grant;
    },
    isRevoked: async ({ user }) => user === 'revoked',
    revoke: async () => {},
  };
}

/** A bearer for a user. */
export const bearer = (grant: Partial<Grant> = {}): string => `Bearer ${btoa(JSON.stringify(grant))}`;

/** What was taken from the limits, and what may still be. */
interface FakeMeter extends Meter {
  readonly open: { streams: number; characters: number; turns: number };
  readonly lingers: (number | undefined)[];
  refuse?: Refusal;
  /** Replaces the line. */
  turn?: Meter['takeTurn'];
}

/** Counts. */
function fakeMeter(): FakeMeter {
  const open = { streams: 0, characters: 0, turns: 0 };
  const lingers: (number | undefined)[] = [];
  const lost = new AbortController().signal;
  const meter: FakeMeter = {
    open,
    lingers,
    openRead: async () => ({ release: () => {} }),
    countRequest: async () => undefined,
    countConnect: async () => undefined,
    async openStream() {
      if (meter.refuse) return meter.refuse;
      open.streams += 1;
      return { lost, release: () => void (open.streams -= 1) };
    },
    async takeCharacters(_, characters) {
      open.characters += characters;
      return { refund: () => void (open.characters -= characters) };
    },
    async takeTurn(...asked) {
      if (meter.turn) return meter.turn(...asked);
      open.turns += 1;
      return {
        lost,
        release(lingerMs) {
          open.turns -= 1;
          lingers.push(lingerMs);
        },
      };
    },
  };
  return meter;
}

/** A context of fakes. */
export interface FakeContext extends RelayContext {
  readonly meter: FakeMeter;
  readonly events: RelayEvent[];
  readonly drain: () => void;
  /** Settles when nothing is at work any more. */
  readonly idle: () => Promise<void>;
}

export const pageOrigin = 'https://app.example';

/** Makes the context of a relay whose store, access and limits are fakes. */
export function fakeContext(given: Partial<RelayOptions> & Pick<RelayOptions, 'vendors'>): FakeContext {
  const options: RelayOptions = { origins: [pageOrigin], authorize: () => ({ user: 'ada' }), ...given };
  const store = options.store ?? fakeStore();
  const { upstreams, limits } = checkRelayOptions({ ...options, store });
  const draining = new AbortController();
  const events: RelayEvent[] = [];
  const atWork = new Set<Promise<unknown>>();
  return {
    options,
    upstreams,
    limits,
    store,
    access: fakeAccess(options.origins),
    meter: fakeMeter(),
    events,
    emit: (event) => void events.push(event),
    draining: draining.signal,
    drain: () => draining.abort(),
    async idle() {
      while (atWork.size > 0) await Promise.allSettled(atWork);
    },
    track(work) {
      atWork.add(work);
      work.finally(() => atWork.delete(work)).catch(() => {});
      return work;
    },
  };
}
