import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';

import type { Grant } from './access.ts';

/** `token`: for one use. `session`: for many, over HTTP alone. */
type TokenSort = 'token' | 'session';

/** Signs and reads tokens: HMAC-SHA256 and nothing else, the current key or the previous one. */
export interface TokenSigner {
  sign(sort: TokenSort, grant: Grant, lifeSeconds: number): Promise<string>;
  /** The grant, its sort and when it was made; or why it is none. */
  read(token: string): Promise<ReadToken | 'token_invalid' | 'token_expired'>;
}

/** A token that is good. */
interface ReadToken {
  readonly sort: TokenSort;
  readonly grant: Grant;
  /** Until no process takes it any more, however its clock is set within the tolerance. */
  readonly endsAtMs: number;
}

const toleranceSeconds = 5;
/** Longer ones are neither made nor read: all of a handshake's headers have 16 KiB. */
export const longestToken = 4_096;
/** Header, claims and 32 bytes in their only spelling: decoders forgive spaces, other alphabets and loose last bits. */
const shape = /^[\w-]+\.[\w-]+\.[\w-]{42}[AEIMQUYcgkosw048]$/;
const types: Readonly<Record<TokenSort, string>> = { token: 'saystream-token', session: 'saystream-session' };
const hmac = { name: 'HMAC', hash: 'SHA-256' };
const isString = (value: unknown): value is string => typeof value === 'string';

/** Names a key without telling anything of it. */
async function nameOf(secret: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`saystream-kid:${hex(secret)}`));
  return hex(new Uint8Array(digest)).slice(0, 12);
}
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Imported once: a signature costs less than the import that jose does for each from bytes. */
async function keyOf(secret: string) {
  const bytes = new TextEncoder().encode(secret);
  return { key: await crypto.subtle.importKey('raw', bytes, hmac, false, ['sign', 'verify']), kid: await nameOf(bytes) };
}

/** @param secrets the current key first */
export function createTokenSigner(secrets: readonly string[], audience: string): TokenSigner {
  const keys = Promise.all(secrets.map(keyOf));

  return {
    async sign(sort, { user, origin, vendor, voice, voices, maxChars, id, generation, revocation }, lifeSeconds) {
      const [current] = await keys;
      const nowSeconds = Math.floor(Date.now() / 1000);
      const wishes = { ...(voice && { voice }), ...(voices && { voices }) };
      const names = { ...(generation && { generation }), ...(revocation && { revocation }) };
      return new SignJWT({ origin, vendor, max_chars: maxChars, ...wishes, ...names })
        .setProtectedHeader({ alg: 'HS256', typ: types[sort], kid: current!.kid })
        .setSubject(user)
        .setAudience(audience)
        .setJti(id)
        .setIssuedAt(nowSeconds)
        .setExpirationTime(nowSeconds + lifeSeconds)
        .sign(current!.key);
    },

    async read(token) {
      if (token.length > longestToken || !shape.test(token)) return 'token_invalid';
      try {
        const { kid, typ } = decodeProtectedHeader(token);
        const found = (await keys).find((each) => each.kid === kid);
        const sort = (Object.keys(types) as TokenSort[]).find((each) => types[each] === typ);
        if (!found || !sort) return 'token_invalid';
        const { payload } = await jwtVerify(token, found.key, {
          algorithms: ['HS256'],
          audience,
          typ: types[sort],
          clockTolerance: toleranceSeconds,
          requiredClaims: ['sub', 'iat', 'exp', 'jti', 'origin', 'vendor', 'max_chars'],
        });
        const { sub, jti, iat = 0, exp = 0, origin, vendor, voice, voices, max_chars: maxChars } = payload;
        const { generation, revocation } = payload;
        // jose looks at `iat` only together with a longest age.
        if (iat > Date.now() / 1000 + toleranceSeconds) return 'token_invalid';
        if (!isString(sub) || !isString(jti) || !isString(origin) || !isString(vendor) || typeof maxChars !== 'number') {
          return 'token_invalid';
        }
        if (voice !== undefined && !isString(voice)) return 'token_invalid';
        if (voices !== undefined && !(Array.isArray(voices) && voices.every(isString))) return 'token_invalid';
        const grant: Grant = {
          user: sub,
          origin,
          vendor: vendor as Grant['vendor'],
          maxChars,
          id: jti,
          ...(voice !== undefined && { voice }),
          ...(voices !== undefined && { voices }),
          ...(isString(generation) && { generation }),
          ...(isString(revocation) && { revocation }),
        };
        return { sort, grant, endsAtMs: (exp + 3 * toleranceSeconds) * 1000 };
      } catch (error) {
        return error instanceof errors.JWTExpired ? 'token_expired' : 'token_invalid';
      }
    },
  };
}
