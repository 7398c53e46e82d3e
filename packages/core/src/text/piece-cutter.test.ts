import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createPieceCutter, type PieceCutter, type PieceSizes } from './piece-cutter.ts';
import { hardParts, readings } from './test-texts.ts';

const small: PieceSizes = { firstCharacters: 40, bestCharacters: 160, maxCharacters: 300 };

function takeAll(cutter: PieceCutter): string[] {
  const pieces: string[] = [];
  for (let piece; (piece = cutter.take()) !== undefined;) pieces.push(piece);
  return pieces;
}

/** Cuts a text that arrives in slices. */
function cut(slices: Iterable<string>, sizes: PieceSizes, language?: string): string[] {
  const cutter = createPieceCutter({ ...sizes, ...(language && { language }) });
  const pieces: string[] = [];
  for (const slice of slices) {
    cutter.push(slice);
    pieces.push(...takeAll(cutter));
  }
  cutter.end();
  pieces.push(...takeAll(cutter));
  expect(cutter.rest).toBe('');
  return pieces;
}

/** Slices a text by lengths that repeat; a length of 0 is an empty push. */
function* sliced(text: string, lengths: readonly number[]): Generator<string> {
  let at = 0;
  for (let turn = 0; at < text.length; turn += 1) {
    const length = lengths[turn % lengths.length] || Number(turn % 2);
    yield text.slice(at, at + length);
    at += length;
  }
}

/** Text made of what makes cutting hard. */
const hardText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...hardParts.marks),
      fc.constantFrom(...hardParts.words),
      fc.constantFrom(...hardParts.joining),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));
const anyLanguage = fc.constantFrom(...Object.keys(readings), 'toString', 'xx');
const sizesFrom = (min: number): fc.Arbitrary<PieceSizes> =>
  fc.record({
    firstCharacters: fc.integer({ min: 1, max: 60 }),
    bestCharacters: fc.integer({ min: 1, max: 200 }),
    maxCharacters: fc.integer({ min, max: 300 }),
  });
const anyText = fc.oneof(
  hardText,
  fc
    .array(
      fc.constantFrom(
        ...Object.values(readings)
          .flat()
          .map((each) => each.replaceAll('|', '')),
      ),
      { maxLength: 12 },
    )
    .map((texts) => texts.join(' ')),
);
const anyLengths = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 8 });

test('the pieces are the same however the text is sliced', () => {
  fc.assert(
    fc.property(anyText, sizesFrom(2), anyLanguage, anyLengths, (text, sizes, language, lengths) => {
      const whole = cut([text], sizes, language);
      expect(whole.join('')).toBe(text);
      expect(cut(text.split(''), sizes, language)).toEqual(whole);
      expect(cut(sliced(text, lengths), sizes, language)).toEqual(whole);
    }),
    { numRuns: 3_000 },
  );
});

test('no piece is empty or above the limit, and none is blank unless white space is as long as the limit', () => {
  fc.assert(
    fc.property(anyText, sizesFrom(32), anyLanguage, (text, sizes, language) => {
      const longestBlank = Math.max(0, ...Array.from(text.matchAll(/\s+/g), ([blank]) => blank.length));
      for (const piece of cut([text], sizes, language)) {
        expect(piece.length).toBeGreaterThan(0);
        expect(piece.length).toBeLessThanOrEqual(sizes.maxCharacters);
        if (text.trim() && longestBlank < sizes.maxCharacters / 2) expect(piece.trim()).not.toBe('');
      }
    }),
    { numRuns: 3_000 },
  );
});

for (const [language, texts] of Object.entries(readings)) {
  test(`cuts at ends of sentences only: ${language || 'an unknown language'}`, () => {
    for (const marked of texts) {
      const sentences = marked.split('|');
      const ends = new Set<number>();
      let at = 0;
      for (const sentence of sentences) ends.add((at += sentence.length));
      // A first aim that no clause reaches.
      const pieces = cut(sentences.join('').split(''), { ...small, firstCharacters: 300 }, language);
      at = 0;
      for (const piece of pieces) expect(ends, `${marked} → ${pieces.join('|')}`).toContain((at += piece.length));
      expect(pieces[0]).toBe(sentences[0]);
    }
  });
}
