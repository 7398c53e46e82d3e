import { joined } from './read-pieces.ts';

const star = 42;

/** The key as it may be written: plain, in a URL, in JSON. */
const spellings = (key: string): string[] => [
  ...new Set([key, encodeURIComponent(key), encodeURI(key), JSON.stringify(key).slice(1, -1)]),
];

const isAt = (bytes: Uint8Array, needle: Uint8Array, at: number): boolean => {
  for (let index = 0; index < needle.length; index += 1) if (bytes[at + index] !== needle[index]) return false;
  return true;
};

/** Stars over every whole needle. */
function cover(bytes: Uint8Array, needle: Uint8Array): void {
  for (let at = bytes.indexOf(needle[0]!); at >= 0; at = bytes.indexOf(needle[0]!, at + 1)) {
    if (at + needle.length <= bytes.length && isAt(bytes, needle, at)) bytes.fill(star, at, at + needle.length);
  }
}

/** Bytes at the end that may be the beginning of the needle. */
function openEnd(bytes: Uint8Array, needle: Uint8Array): number {
  for (let length = Math.min(needle.length - 1, bytes.length); length > 0; length -= 1) {
    if (isAt(bytes, needle.subarray(0, length), bytes.length - length)) return length;
  }
  return 0;
}

/** Puts stars in the place of the key wherever it stands, also across pieces. Lengths stay as they are. */
export async function* scrubPieces(pieces: AsyncIterable<Uint8Array>, key: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const needles = spellings(key).map((spelling) => new TextEncoder().encode(spelling));
  let held = new Uint8Array(0);
  for await (const piece of pieces) {
    const bytes = joined([held, piece]);
    for (const needle of needles) cover(bytes, needle);
    const open = Math.max(...needles.map((needle) => openEnd(bytes, needle)));
    held = bytes.slice(bytes.length - open);
    if (open < bytes.length) yield bytes.subarray(0, bytes.length - open);
  }
  if (held.length > 0) yield held;
}

/** The same for a text. */
export const scrubText = (text: string, key: string): string =>
  spellings(key).reduce((clean, spelling) => clean.replaceAll(spelling, '*'.repeat(spelling.length)), text);
