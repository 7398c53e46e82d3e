import type { KeyRedactor } from '@saystream/errors';

import type { Upstream } from '../relay-context.ts';

/** Shorter runs of bytes occur in audio by chance. */
const fewestBytes = 8;
const textual = /json|text|xml|html/i;
/** The first characters of a JSON document or a page. Raw samples may begin with them too; only a key in them is changed then. */
const textStart = /^\s*[[{<"]/;
const chunk = 8_192;

/** One character for each byte, so that lengths and all other bytes stay. */
function toText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return text;
}

const toBytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (character) => character.charCodeAt(0));

function includes(bytes: Uint8Array, needle: Uint8Array): boolean {
  const isAt = (at: number) => needle.every((byte, index) => bytes[at + index] === byte);
  for (let at = bytes.indexOf(needle[0]!); at >= 0; at = bytes.indexOf(needle[0]!, at + 1)) if (isAt(at)) return true;
  return false;
}

/** Finds the key in bytes that come in pieces, also across their borders. Allocates nothing for a piece: there are many a second. */
export function createKeyWatch(key: string): (piece: Uint8Array) => boolean {
  const needle = new TextEncoder().encode(key);
  const most = Math.max(0, needle.length - 1);
  /** The end of the previous pieces, then the beginning of the next one. */
  const border = new Uint8Array(2 * most);
  let kept = 0;
  return (piece) => {
    if (needle.length < fewestBytes) return false;
    const head = piece.subarray(0, most);
    border.set(head, kept);
    const filled = kept + head.length;
    const isFound = includes(border.subarray(0, filled), needle) || includes(piece, needle);
    kept = Math.min(most, piece.length > most ? most : filled);
    if (piece.length > most) border.set(piece.subarray(-most));
    else border.copyWithin(0, filled - kept, filled);
    return isFound;
  };
}

/** A vendor put the key into audio, which cannot be changed. */
export class KeyInAudioError extends Error {
  override readonly name = 'KeyInAudioError';
}

/** Passes audio as it is. @throws KeyInAudioError before the piece that completes the key */
export async function* watchAudio(
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
  key: string,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const holdsKey = createKeyWatch(key);
  for await (const piece of pieces) {
    if (holdsKey(piece)) throw new KeyInAudioError('The audio holds the key.');
    yield piece;
  }
}

/** Holds back as much of the end as one finding can have. What breaks off may break off within the key. */
async function* redactText(pieces: AsyncIterable<Uint8Array>, redact: KeyRedactor): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let held = '';
  try {
    for await (const piece of pieces) {
      held = redact(held + toText(piece));
      const ready = held.length - redact.longest;
      if (ready <= 0) continue;
      yield toBytes(held.slice(0, ready));
      held = held.slice(ready);
    }
  } catch (error) {
    if (held) yield toBytes(redact(held, true));
    throw error;
  }
  if (held) yield toBytes(redact(held, true));
}

/** Passes a vendor's body without the key: texts with stars in its place, as long as they were; audio ends before the key. */
export async function* redactPieces(
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  { ok, headers }: Pick<Response, 'ok' | 'headers'>,
  { redact, apiKey }: Pick<Upstream, 'redact' | 'apiKey'>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const first = await pieces.next();
  if (first.done) return;
  const isText = !ok || textual.test(headers.get('content-type') ?? '') || textStart.test(toText(first.value.subarray(0, 64)));
  const whole = prepended(first.value, pieces);
  yield* isText ? redactText(whole, redact) : watchAudio(whole, apiKey);
}

async function* prepended<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}
