import { EncryptJWT, jwtDecrypt } from 'jose';

import type { Grant } from '../access/access.ts';
import type { RelayContext } from '../relay-context.ts';

const lifeS = 3_600;
const maxUrl = 2_000;
const header = { alg: 'dir', enc: 'A256GCM', typ: 'saystream-file' } as const;

/** What a sealed name holds. */
export interface SealedFile {
  readonly url: string;
  readonly grant: Grant;
}

const keysOf = new WeakMap<RelayContext, Promise<Uint8Array[]>>();

async function derive(secret: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode('saystream-relay files');
  const bits = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info }, material, 256);
  return new Uint8Array(bits);
}

/** The current key first. Of its own, so that no token is ever a file nor the other way round. */
function keys(context: RelayContext): Promise<Uint8Array[]> {
  let made = keysOf.get(context);
  if (!made) {
    const given = context.options.secrets?.filter((secret) => secret !== undefined) ?? [];
    const secrets = given.map((secret) => new TextEncoder().encode(secret));
    made = Promise.all((secrets.length > 0 ? secrets : [crypto.getRandomValues(new Uint8Array(32))]).map(derive));
    keysOf.set(context, made);
  }
  return made;
}

const audience = ({ options }: RelayContext): string => options.audience ?? 'saystream-relay';

/** A name for a file that tells nothing of where it is, good for an hour. Undefined for what is no address of a file. */
async function sealFile(
  context: RelayContext,
  { user, origin, vendor, id, revocation }: Grant,
  url: string,
): Promise<string | undefined> {
  // Clients refuse what is no web address. It stays as it is, so that they name the mistake as they do without a relay.
  if (url.length > maxUrl || !/^https?:\/\//i.test(url)) return undefined;
  const [key] = await keys(context);
  return new EncryptJWT({ url, origin, vendor, id, ...(revocation !== undefined && { revocation }) })
    .setProtectedHeader(header)
    .setSubject(user)
    .setAudience(audience(context))
    .setIssuedAt()
    .setExpirationTime(`${lifeS}s`)
    .encrypt(key!);
}

/** What a sealed name holds; undefined for a forged or an old one. */
export async function openFile(context: RelayContext, sealed: string): Promise<SealedFile | undefined> {
  for (const key of await keys(context)) {
    try {
      const { payload } = await jwtDecrypt(sealed, key, {
        audience: audience(context),
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      const { url, sub, origin, vendor, id, revocation } = payload as Record<string, string>;
      const grant = { user: sub!, origin: origin!, vendor: vendor as Grant['vendor'], id: id!, maxChars: 0 };
      // What is revoked with the token that led to the file is revoked.
      return { url: url!, grant: { ...grant, ...(revocation !== undefined && { revocation }) } };
    } catch {
      // The previous secret may open it.
    }
  }
  return undefined;
}

/** How deep an answer is searched, and how many addresses it may name. */
const maxDepth = 4;

/** The same value with every `audio_url` in it sealed. */
async function sealIn(value: unknown, context: RelayContext, grant: Grant, depth = maxDepth): Promise<unknown> {
  if (typeof value !== 'object' || value === null || depth === 0) return value;
  if (Array.isArray(value)) return Promise.all(value.map((item) => sealIn(item, context, grant, depth - 1)));
  const entries = Object.entries(value).map(async ([name, member]): Promise<[string, unknown]> => {
    if (name !== 'audio_url' || typeof member !== 'string') return [name, await sealIn(member, context, grant, depth - 1)];
    const sealed = await sealFile(context, grant, member);
    return [name, sealed === undefined ? member : `files/${sealed}`];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/**
 * A JSON text with every `audio_url` in it sealed (`audioUrls: 'proxy'`), relative to the relay's own address; the very
 * same text when there is none.
 */
export async function sealAudioUrls(json: string, context: RelayContext, grant: Grant): Promise<string> {
  if (context.options.audioUrls === 'pass' || !json.includes('audio_url')) return json;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return json;
  }
  return JSON.stringify(await sealIn(value, context, grant));
}
