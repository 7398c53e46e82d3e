/** A text to speak: whole, or in pieces that are strings, such as the tokens of a language model. */
export type TextSource = string | Iterable<string> | AsyncIterable<string> | ReadableStream<string>;

/** One reading of a text in pieces. Nothing about a caller's iterator is certain: each method may throw or give no promise. */
export interface TextReader {
  next(): unknown;
  stop?(): unknown;
}

/** Whether a value can be read in pieces. */
export const isInPieces = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Symbol.asyncIterator in value || Symbol.iterator in value || 'getReader' in value);

/**
 * Begins to read a text in pieces. A stream is read by its reader: `cancel` ends a read that waits, but the `return` of a
 * stream's iterator waits for it. WebKit's streams have no iterator.
 *
 * @throws whatever the caller's source throws
 */
export function readPieces(source: Exclude<TextSource, string>): TextReader {
  if ('getReader' in source) {
    const reader = source.getReader();
    return { next: () => reader.read(), stop: () => reader.cancel() };
  }
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : (source as Iterable<string>)[Symbol.iterator]();
  return { next: () => iterator.next(), stop: () => iterator.return?.() };
}

/** Names a piece that is no string, and what to do about it. */
export function describePiece(piece: unknown, index: number): string {
  const isBytes = ArrayBuffer.isView(piece) || piece instanceof ArrayBuffer;
  const what = isBytes ? 'bytes' : piece === null ? 'null' : typeof piece;
  const advice = isBytes
    ? 'Decode them with a TextDecoderStream.'
    : typeof piece === 'object' && piece
      ? 'Give the text inside each object, such as its delta.'
      : 'Leave out pieces without text.';
  return `Piece ${index} of the text is ${what} and not a string. ${advice}`;
}
