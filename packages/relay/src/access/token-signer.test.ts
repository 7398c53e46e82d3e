import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, expect, test, vi } from 'vitest';

import type { Grant } from './access.ts';
import { createTokenSigner } from './token-signer.ts';

const [secret, previous, older] = ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32)];
const audience = 'relay-under-test';
const grant: Grant = {
  user: 'ada',
  origin: 'https://app.example',
  vendor: 'audixa',
  maxChars: 100,
  id: 'id-1',
  voices: ['v1', 'v2'],
};
const signer = createTokenSigner([secret, previous], audience);
const nowS = () => Math.floor(Date.now() / 1_000);
const keyOf = (text: string) => new TextEncoder().encode(text);
const header = (token: string): Record<string, unknown> =>
  JSON.parse(atob(token.split('.')[0]!.replace(/-/g, '+').replace(/_/g, '/')));

/** Signed with the right key, and right but for what is given. */
async function made(claims: object = {}, head: object = {}, key = secret): Promise<string> {
  const { kid } = header(await createTokenSigner([key], audience).sign('token', grant, 60));
  const good = {
    sub: 'ada',
    aud: audience,
    jti: 'x',
    iat: nowS(),
    exp: nowS() + 60,
    origin: 'o',
    vendor: 'audixa',
    max_chars: 1,
  };
  const jwt = new SignJWT(JSON.parse(JSON.stringify({ ...good, ...claims })));
  return jwt.setProtectedHeader({ alg: 'HS256', typ: 'saystream-token', kid, ...head } as never).sign(keyOf(key));
}

afterEach(() => void vi.useRealTimers());

test('what was signed is read, as what it was signed for', async () => {
  for (const sort of ['token', 'session'] as const) {
    const read = await signer.read(await signer.sign(sort, grant, 60));
    expect(read).toMatchObject({ sort, grant });
  }
  expect(await signer.read(await made())).toMatchObject({ sort: 'token' });
});

test('claims that are missing or of another form make no token', async () => {
  for (const name of ['sub', 'aud', 'jti', 'iat', 'exp', 'origin', 'vendor', 'max_chars']) {
    expect([name, await signer.read(await made({ [name]: undefined }))]).toEqual([name, 'token_invalid']);
  }
  const odd = [
    { sub: 1 },
    { jti: {} },
    { origin: null },
    { vendor: 7 },
    { max_chars: '9' },
    { voice: 1 },
    { voices: 'v1' },
    { voices: [1] },
  ];
  for (const claims of odd) expect([claims, await signer.read(await made(claims))]).toEqual([claims, 'token_invalid']);
});

test('another audience, type, key name or algorithm is refused though the signature is right', async () => {
  expect(await signer.read(await made({ aud: 'saystream-relay' }))).toBe('token_invalid');
  expect(await signer.read(await made({ aud: [] }))).toBe('token_invalid');
  for (const typ of ['JWT', 'saystream-file', 'at+jwt', 'SAYSTREAM-TOKEN', 'application/saystream-token', '', undefined, 7]) {
    expect([typ, await signer.read(await made({}, { typ }))]).toEqual([typ, 'token_invalid']);
  }
  for (const kid of ['', 'nobody', undefined, 'constructor', 0]) {
    expect([kid, await signer.read(await made({}, { kid }))]).toEqual([kid, 'token_invalid']);
  }
  const { kid } = header(await signer.sign('token', grant, 60));
  for (const alg of ['HS384', 'HS512']) {
    const key = secret.repeat(2);
    const long = createTokenSigner([key], audience);
    expect(await long.read(await made({}, { alg }, key))).toBe('token_invalid');
  }
  const unsigned = new UnsecuredJWT({ origin: 'o', vendor: 'audixa', max_chars: 1 })
    .setSubject('ada')
    .setAudience(audience)
    .setJti('x');
  const none = unsigned.setIssuedAt().setExpirationTime('60s').encode();
  expect(await signer.read(none)).toBe('token_invalid');
  const [, claims = '', tag = ''] = (await made()).split('.');
  const spell = (text: string) => btoa(text).replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_');
  for (const alg of ['none', 'None', 'RS256', 'ES256', 'PS256', 'EdDSA', 'hs256', 'A256GCM', 'dir', undefined]) {
    for (const end of ['', tag]) {
      const token = `${spell(JSON.stringify({ alg, typ: 'saystream-token', kid }))}.${claims}.${end}`;
      expect([alg, await signer.read(token)]).toEqual([alg, 'token_invalid']);
    }
  }
});

test('a key of RSA by which a confused reader would check is nothing to this one', async () => {
  const pair = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2_048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  );
  const { kid } = header(await signer.sign('token', grant, 60));
  const jwt = new SignJWT({ origin: 'o', vendor: 'audixa', max_chars: 1 }).setSubject('ada').setAudience(audience).setJti('x');
  const head = { alg: 'RS256', typ: 'saystream-token', kid: String(kid) };
  const token = await jwt.setIssuedAt().setExpirationTime('60s').setProtectedHeader(head).sign(pair.privateKey);
  expect(await signer.read(token)).toBe('token_invalid');
});

test('time: expired and future ones are refused beyond five seconds of tolerance', async () => {
  expect(await signer.read(await made({ exp: nowS() - 7 }))).toBe('token_expired');
  expect(await signer.read(await made({ exp: nowS() - 2 }))).toMatchObject({ sort: 'token' });
  expect(await signer.read(await made({ iat: nowS() + 8 }))).toBe('token_invalid');
  expect(await signer.read(await made({ iat: nowS() + 3 }))).toMatchObject({ sort: 'token' });
  expect(await signer.read(await made({ nbf: nowS() + 30 }))).toBe('token_invalid');
  vi.useFakeTimers({ now: 1_800_000_000_000, toFake: ['Date'] });
  const token = await signer.sign('token', grant, 60);
  vi.setSystemTime(1_800_000_064_000);
  expect(await signer.read(token)).toMatchObject({ sort: 'token' });
  vi.setSystemTime(1_800_000_065_000);
  expect(await signer.read(token)).toBe('token_expired');
  vi.setSystemTime(1_799_999_990_000);
  expect(await signer.read(token)).toBe('token_invalid');
});

test('the previous key still reads, an older one does not, and the current one signs', async () => {
  const byPrevious = await createTokenSigner([previous], audience).sign('token', grant, 60);
  const byOlder = await createTokenSigner([older], audience).sign('token', grant, 60);
  expect(await signer.read(byPrevious)).toMatchObject({ grant });
  expect(await signer.read(byOlder)).toBe('token_invalid');
  expect(await createTokenSigner([secret], audience).read(await signer.sign('token', grant, 60))).toMatchObject({ grant });
});

test('the name of a key tells nothing of it', async () => {
  const { kid } = header(await signer.sign('token', grant, 60));
  expect(kid).toMatch(/^[0-9a-f]{12}$/);
});

test('a token has one spelling: no spaces, padding, other alphabet or loose last bits', async () => {
  const token = await signer.sign('token', grant, 60);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(token.at(-1)!);
  for (let loose = 1; loose < 4; loose += 1)
    expect(await signer.read(token.slice(0, -1) + alphabet[last + loose])).toBe('token_invalid');
  const [head = '', claims = '', tag = ''] = token.split('.');
  const others = [
    `${token}=`,
    `${token} `,
    ` ${token}`,
    `${head}.${claims}. ${tag}`,
    `${head}\n.${claims}.${tag}`,
    `${head}.${claims}.${tag}.`,
    `${head}.${claims}.${tag}.${tag}`,
    `${head}..${tag}`,
    `.${claims}.${tag}`,
    `${head}.${claims}.`,
    `${head}.${claims}`,
    `${head}.${claims}.${tag}\u0000`,
    'a'.repeat(5_000),
    '..',
    '',
  ];
  for (const other of others) expect([other, await signer.read(other)]).toEqual([other, 'token_invalid']);
});

test('of 10,000 mutated tokens none is read', async () => {
  const [token, session, other] = await Promise.all([
    signer.sign('token', grant, 60),
    signer.sign('session', grant, 600),
    createTokenSigner([older], audience).sign('token', { ...grant, user: 'eve' }, 60),
  ]);
  let seed = 42;
  const pick = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  const mutations: ((text: string) => string)[] = [
    (text) => {
      const at = pick(text.length);
      return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << pick(7))) + text.slice(at + 1);
    },
    (text) => text.slice(0, pick(text.length)),
    (text) => text.slice(1 + pick(text.length - 1)),
    (text) => {
      const [from, to] = [pick(text.length), pick(text.length)].sort((a, b) => a - b) as [number, number];
      return text.slice(0, from) + text.slice(to + 1);
    },
    (text) => {
      const at = pick(text.length - 1);
      return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
    },
    (text) => {
      const [mine, theirs] = [text.split('.'), [session, other, token][pick(3)]!.split('.')];
      const at = pick(3);
      return mine.map((part, index) => (index === at ? theirs[index] : part)).join('.');
    },
    (text) => text + text[pick(text.length)],
  ];
  const genuine = new Set([token, session]);
  let tried = 0;
  const accepted: string[] = [];
  while (tried < 10_000) {
    const mutant = mutations[tried % mutations.length]!(tried % 2 ? token : session);
    // A swap of two equal letters is no change, and gives way to one that is.
    const text = genuine.has(mutant) ? `${mutant}A` : mutant;
    if (typeof (await signer.read(text)) !== 'string') accepted.push(text);
    tried += 1;
  }
  expect(accepted).toEqual([]);
});
