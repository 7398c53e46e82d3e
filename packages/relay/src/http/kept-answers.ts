import type { Refusal, RelayContext } from '../relay-context.ts';
import { askStore } from './ask-store.ts';
import { refuse } from './fields/refuse.ts';
import { keptMs, later, startKeeping, unpack, type KeptBytes, type Keeping } from './keeping.ts';

/** How a paid request stands, as all processes see it. */
type PaidState = { readonly state: 'waiting'; readonly position: number } | { readonly state: 'running' | 'done' };

interface Noted {
  readonly hash: string;
  readonly stand: PaidState;
}

/** The claim of a first request on its key. */
export interface Claim {
  /** Tells how it stands. */
  readonly stand: (stand: PaidState) => void;
  /** Frees the key: the vendor provably took nothing. */
  readonly drop: () => Promise<void>;
  /** Where what is kept or waits for the page is counted. */
  readonly memory: KeptBytes;
  /** Begins to keep an answer. */
  readonly keep: (status: number, headers: Headers) => Keeping;
}

/** What keeps the answers of one relay. */
export interface KeptAnswers {
  /** Claims a key, or says what came of it before. */
  claim(scope: string, hash: string): Promise<Claim | Response | Refusal>;
  /** How the request with this key stands. */
  standOf(scope: string): Promise<PaidState | undefined>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const names = (scope: string) => ({ once: `idem:${scope}`, note: `idem-note:${scope}`, answer: `idem-answer:${scope}` });

/** A key that is not freed stays taken until its time is over, and a repeated request is told `still_running`. */
async function forgetBoth({ store, emit }: Pick<RelayContext, 'store' | 'emit'>, note: string, once: string): Promise<void> {
  const failed = () => emit({ type: 'fault', code: 'store_forget_failed' });
  await Promise.all([store.forget(note), store.forget(once)]).catch(failed);
}

const refusals = {
  reused: refuse(422, 'key_reused', 'The same Idempotency-Key came with another request before.'),
  notKept: refuse(409, 'answer_not_kept', 'This request was answered before, and its answer was too large to keep.'),
  running: refuse(409, 'still_running', 'This request is at work.', { retryAfterMs: 1_000 }),
} as const;

/** Makes the keeper of one relay's answers. */
function createKeptAnswers({ store, limits, emit }: RelayContext): KeptAnswers {
  const notes = new Map<string, Noted>();
  const memory: KeptBytes = { total: 0 };
  const putFailed = () => emit({ type: 'fault', code: 'store_put_failed' });
  // A process that died leaves its claim: nobody knows what the vendor did.
  const claimMs = limits.queueWaitMs + limits.lifeMs + keptMs;

  async function readNote(scope: string): Promise<Noted | undefined> {
    const local = notes.get(scope);
    if (local) return local;
    const bytes = await askStore(store.get(names(scope).note));
    return bytes && (JSON.parse(decoder.decode(bytes)) as Noted);
  }

  async function before(scope: string, hash: string): Promise<Response | Refusal> {
    const note = await readNote(scope);
    if (note && note.hash !== hash) return refusals.reused;
    const kept = await askStore(store.get(names(scope).answer));
    if (kept) return unpack(kept);
    if (note?.stand.state === 'done') return refusals.notKept;
    return refusals.running;
  }

  function claimed(scope: string, hash: string): Claim {
    const { once, note, answer } = names(scope);
    // What is written for other processes may be late, but not out of order.
    let written: Promise<unknown> = Promise.resolve();
    const stand = (next: PaidState) => {
      const noted = { hash, stand: next };
      notes.set(scope, noted);
      const bytes = encoder.encode(JSON.stringify(noted));
      written = written.then(() => store.put(note, bytes, claimMs)).catch(putFailed);
    };
    const forget = async () => {
      notes.delete(scope);
      await written;
      await forgetBoth({ store, emit }, note, once);
    };
    stand({ state: 'waiting', position: 1 });
    return {
      stand,
      drop: forget,
      memory,
      keep(status, headers) {
        return startKeeping(memory, { status, headers }, async (packed) => {
          if (packed) await store.put(answer, packed, keptMs).catch(putFailed);
          stand({ state: 'done' });
          later(keptMs, () => void forget());
        });
      },
    };
  }

  return {
    async claim(scope, hash) {
      // Within this process at once, without asking the store: two requests may come in the same moment.
      if (notes.has(scope)) return before(scope, hash);
      const isFirst = await askStore(store.once(names(scope).once, claimMs));
      return isFirst ? claimed(scope, hash) : before(scope, hash);
    },
    async standOf(scope) {
      return (await readNote(scope))?.stand;
    },
  };
}

const keepers = new WeakMap<RelayContext, KeptAnswers>();

/** The keeper of this relay. */
export function keptAnswersOf(context: RelayContext): KeptAnswers {
  let keeper = keepers.get(context);
  if (!keeper) keepers.set(context, (keeper = createKeptAnswers(context)));
  return keeper;
}

/** What a key is unique in. */
export const scopeOf = (vendor: string, user: string, key: string): string => JSON.stringify([vendor, user, key]);
