import type { RelayStore } from '../store/relay-store.ts';
import type { Refusal } from '../relay-context.ts';
import { sessionLifeSeconds } from './session-life.ts';

/** Longer than all that a revocation ends: a file's name lives for an hour, and work that a session began may name it late. */
const rememberedMs = (sessionLifeSeconds + 3_600 + 900) * 1_000;

/** The refusal for what a revoked user asked for. */
export const revokedRefusal: Refusal = {
  status: 401,
  code: 'token_revoked',
  detail: 'The relay revoked this token.',
  advice: 'Ask the relay for a new token, and use each one once.',
};

const keyOf = (user: string): string => `revoked:${user}`;

/**
 * Returns the name of the user's latest revocation. A token carries the one it was made under, and ends when the store holds another.
 *
 * @throws when the store does not answer
 */
export async function readRevocation(store: RelayStore, user: string): Promise<string | undefined> {
  const name = await store.get(keyOf(user));
  return name && new TextDecoder().decode(name);
}

/** Ends what was made for a user until now. @throws when the store does not answer */
export async function writeRevocation(store: RelayStore, user: string): Promise<void> {
  // Older relays read the name as a time in milliseconds; the random digits make it another one for each revocation.
  const name = `${Date.now()}.${crypto.getRandomValues(new Uint32Array(2)).join('')}`;
  await store.put(keyOf(user), new TextEncoder().encode(name), rememberedMs);
}
