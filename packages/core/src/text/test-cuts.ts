import { createPieceCutter, type PieceCutter, type PieceSizes } from './piece-cutter.ts';

export const usual: PieceSizes = { firstCharacters: 60, bestCharacters: 800, maxCharacters: 1_500 };

export function takeAll(cutter: PieceCutter): string[] {
  const pieces: string[] = [];
  for (let piece; (piece = cutter.take()) !== undefined;) pieces.push(piece);
  return pieces;
}

/** Cuts a text that arrives in slices. */
export function cut(slices: Iterable<string>, sizes: PieceSizes, language?: string): string[] {
  const cutter = createPieceCutter({ ...sizes, ...(language && { language }) });
  const pieces: string[] = [];
  for (const slice of slices) {
    cutter.push(slice);
    pieces.push(...takeAll(cutter));
  }
  cutter.end();
  pieces.push(...takeAll(cutter));
  if (cutter.rest) throw new Error(`left over: ${cutter.rest}`);
  return pieces;
}

/** Slices a text by lengths that repeat; a length of 0 is an empty push. */
export function* sliced(text: string, lengths: readonly number[]): Generator<string> {
  let at = 0;
  for (let turn = 0; at < text.length; turn += 1) {
    const length = lengths[turn % lengths.length] || Number(turn % 2);
    yield text.slice(at, at + length);
    at += length;
  }
}
