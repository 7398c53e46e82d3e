import { audioAddressMembers, readAudioAddress } from '@saystream/errors';
import { EncryptJWT, jwtDecrypt } from 'jose';

import type { Grant } from '../access/access.ts';
import type { RelayContext } from '../relay-context.ts';

const lifeS = 3_600;
/** A longer address would make a name that servers refuse in a request line. */
const maxUrl = 5_000;
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

/** A name for a file that tells nothing of where it is, good for an hour. Undefined for what no client could fetch. */
async function sealFile(
  context: RelayContext,
  { user, origin, vendor, id, revocation }: Grant,
  address: string,
): Promise<string | undefined> {
  const url = readAudioAddress(address);
  if (url === undefined || url.length > maxUrl) {
    context.emit({ type: 'fault', vendor, user, code: 'audio_address_refused' });
    return undefined;
  }
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

/** The name of a member, or an escape that may be a part of it. */
const addressLike = /url|\\u/i;
/** A whole page of history; addresses beyond it are dropped. */
const mostAddresses = 200;

/** Calls `found` for each member that holds an address of a file, however deep it is. */
function eachAddress(document: unknown, found: (holder: Record<string, unknown>, name: string) => void): void {
  const waiting = [document];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'object') waiting.push(member);
      else if (typeof member === 'string' && member && audioAddressMembers.includes(name)) {
        found(value as Record<string, unknown>, name);
      }
    }
  }
}

/** Parses a JSON text. Returns undefined for malformed JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a text is JSON that may hold an address of a file, also behind another member of the same name. */
export const mayNameFile = (text: string): boolean => addressLike.test(text) && parsedJson(text) !== undefined;

/** Malformed JSON may hold an address too, so the page gets its beginning alone, which is malformed as well. */
export const brokenLike = (text: string): string => /^\s*([{<])/.exec(text)?.[1]?.replace('<', '<html>') ?? '';

/**
 * A JSON text with the address of each file sealed (`audioUrls: 'proxy'`), relative to the relay's own address; the very same text
 * when there is none. An address that cannot be sealed becomes an empty text.
 */
export async function sealAudioUrls(json: string, context: RelayContext, grant: Grant): Promise<string> {
  if (context.options.audioUrls === 'pass') return json;
  const document = parsedJson(json);
  if (document === undefined) return /\/\/|url|\\u/i.test(json) ? brokenLike(json) : json;
  const found: (readonly [Record<string, unknown>, string])[] = [];
  eachAddress(document, (holder, name) => found.push([holder, name]));
  if (found.length === 0 && !addressLike.test(json)) return json;
  await Promise.all(
    found.map(async ([holder, name], index) => {
      const sealed = index < mostAddresses ? await sealFile(context, grant, String(holder[name])) : undefined;
      holder[name] = sealed === undefined ? '' : `files/${sealed}`;
    }),
  );
  return JSON.stringify(document);
}
