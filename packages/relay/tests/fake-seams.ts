import type { Access, Grant } from '../src/access/access.ts';
import type { Meter } from '../src/limits/meter.ts';
import { isRefusal, type Refusal } from '../src/relay-context.ts';

/** The only origin that may speak. */
export const pageOrigin = 'https://app.example';

/** A gate that knows the token `good`, and lets it in as often as it comes; other tokens are named after their refusal. */
export function fakeAccess(grantedAs: Partial<Grant> = {}): Access & { readonly revoked: Set<string> } {
  const revoked = new Set<string>();
  const grant: Grant = { user: 'user-1', origin: pageOrigin, vendor: 'audixa', maxChars: 50_000, id: 'id-1', ...grantedAs };
  const refuse = (code: string): Refusal => ({ status: 401, code, detail: 'No.' });
  return {
    revoked,
    checkOrigin: (headers) =>
      headers.get('origin') === pageOrigin ? pageOrigin : { status: 403, code: 'wrong_origin', detail: 'Not this page.' },
    mint: () => Promise.reject(new Error('unused')),
    redeem: (token) => Promise.resolve(token === 'good' ? grant : refuse(token === undefined ? 'token_missing' : token)),
    isRevoked: ({ user }) => Promise.resolve(revoked.has(user)),
    revoke: (user) => Promise.resolve(void revoked.add(user)),
  };
}

/** A meter that counts, and refuses what it was told to. */
export interface FakeMeter extends Meter {
  readonly counts: { open: number; taken: number; refunded: number };
  /** Loses every place. */
  lose(): void;
}

/** @param refusals what is refused; all else is let through */
export function fakeMeter(
  refusals: { readonly connect?: Refusal; readonly stream?: Refusal; readonly characters?: Refusal } = {},
): FakeMeter {
  const counts = { open: 0, taken: 0, refunded: 0 };
  const places = new Set<AbortController>();
  return {
    counts,
    lose: () => places.forEach((place) => place.abort()),
    openRead: () => Promise.reject(new Error('unused')),
    countRequest: () => Promise.reject(new Error('unused')),
    countConnect: () => Promise.resolve(refusals.connect),
    openStream() {
      if (isRefusal(refusals.stream)) return Promise.resolve(refusals.stream);
      const lost = new AbortController();
      places.add(lost);
      counts.open += 1;
      const release = () => void (places.delete(lost) && (counts.open -= 1));
      return Promise.resolve({ release, lost: lost.signal });
    },
    takeCharacters(_grant, characters) {
      if (refusals.characters) return Promise.resolve(refusals.characters);
      counts.taken += characters;
      return Promise.resolve({ refund: () => void (counts.refunded += characters) });
    },
    takeTurn: () => Promise.reject(new Error('unused')),
  };
}
