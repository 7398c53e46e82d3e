import type { Refusal } from '../relay-context.ts';
import type { RelayLimits, RelayOptions } from '../relay-options.ts';
import type { RelayStore } from '../store/relay-store.ts';
import type { Access, Grant } from './access.ts';
import { checkOrigin } from './check-origin.ts';
import { mintToken } from './mint-token.ts';
import { readRevocation, revokedRefusal, writeRevocation } from './revocation.ts';
import { createTokenSigner } from './token-signer.ts';

const messages: Readonly<Record<string, string>> = {
  token_missing: 'The relay needs a token: POST …/token gives one.',
  token_invalid: 'The relay did not issue this token.',
  token_expired: 'The relay no longer accepts this token: it has expired.',
  token_used: 'The relay accepts a token once, and this one was used before.',
  token_forgotten: 'The relay does not remember this token: its store was emptied.',
};
const newToken = 'Ask the relay for a new token, and use each one once.';
const noToken = (code: string, status = 401): Refusal => ({ status, code, detail: messages[code] ?? code, advice: newToken });
const wrongOrigin: Refusal = { status: 403, code: 'wrong_origin', detail: 'The relay issued this token to another origin.' };
const outOfScope: Refusal = { status: 403, code: 'out_of_scope', detail: 'The token is for another vendor.' };
const storeDown: Refusal = { status: 503, code: 'store_down', detail: 'The relay cannot reach its store.', retryAfterMs: 1_000 };

const randomSecret = (): string => Array.from(crypto.getRandomValues(new Uint32Array(12))).join('-');

/** Makes what judges requests: origins, tokens, revocations. */
export function createAccess(options: RelayOptions, limits: RelayLimits, store: RelayStore): Access {
  const origins = new Set(options.origins);
  const allowNonBrowser = options.allowNonBrowser ?? false;
  const secrets = options.secrets?.filter((secret) => secret !== undefined) ?? [];
  const signer = createTokenSigner(secrets.length > 0 ? secrets : [randomSecret()], options.audience ?? 'saystream-relay');

  async function isRevoked({ user, revocation }: Grant): Promise<boolean> {
    const latest = await readRevocation(store, user);
    return latest !== undefined && latest !== revocation;
  }

  return {
    checkOrigin: (headers, method) => checkOrigin(headers, method, { origins, allowNonBrowser }),

    mint: (request, origin, ip) => mintToken({ options, limits, signer, store }, request, origin, ip),

    async redeem(token, { transport, vendor, origin }) {
      if (!token) return noToken('token_missing');
      const read = await signer.read(token);
      if (typeof read === 'string') return noToken(read);
      const { sort, grant, endsAtMs } = read;
      if (sort === 'session' && transport === 'socket') return noToken('token_invalid');
      // A same-origin GET says no origin; the browser has said that it is one.
      const isReadWithoutOrigin = origin === '' && sort === 'session' && transport === 'http';
      if (grant.origin !== origin && !isReadWithoutOrigin) return wrongOrigin;
      if (vendor && grant.vendor !== vendor) return outOfScope;
      try {
        if (await isRevoked(grant)) return revokedRefusal;
        if (sort === 'token' && !(await store.once(`token:${grant.id}`, Math.max(1, endsAtMs - Date.now())))) {
          return noToken('token_used', transport === 'socket' ? 409 : 401);
        }
        // Last: a store that is emptied before or while it is asked has another name by now.
        if (store.generation && (await store.generation()) !== grant.generation) return noToken('token_forgotten');
      } catch {
        return storeDown;
      }
      return grant;
    },

    isRevoked,

    async revoke(user) {
      await writeRevocation(store, user);
    },
  };
}
