import fc from 'fast-check';
import { expect, test, vi } from 'vitest';

import { createPieceCutter, type PieceSizes } from './piece-cutter.ts';
import { cut, sliced, takeAll } from './test-cuts.ts';
import { hardParts, readings } from './test-texts.ts';

const { Segmenter } = Intl;

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

/** The first index of each segment, taken before a test removes `Intl.Segmenter`. */
function segmentsOf(
  granularity: 'grapheme' | 'word',
  text: string,
): { index: number; segment: string; isWordLike?: boolean | undefined }[] {
  return Array.from(new Segmenter('en', { granularity }).segment(text));
}

function cutsOf(pieces: readonly string[]): number[] {
  let at = 0;
  return pieces.map((piece) => (at += piece.length));
}

/** Takes urgently between pushes, as a pipeline does whose sound runs out. */
function cutUrgently(slices: Iterable<string>, sizes: PieceSizes, language: string): string[] {
  const cutter = createPieceCutter({ ...sizes, language });
  const pieces: string[] = [];
  for (const slice of slices) {
    cutter.push(slice);
    const piece = cutter.take({ urgent: true });
    if (piece !== undefined) pieces.push(piece);
  }
  cutter.end();
  return [...pieces, ...takeAll(cutter)];
}

test('the pieces are the same however the text is sliced', () => {
  fc.assert(
    fc.property(anyText, sizesFrom(2), anyLanguage, anyLengths, (text, sizes, language, lengths) => {
      const whole = cut([text], sizes, language);
      expect(whole.join('')).toBe(text);
      expect(cut(text.split(''), sizes, language)).toEqual(whole);
      expect(cut(sliced(text, lengths), sizes, language)).toEqual(whole);
    }),
    { numRuns: 2_000 },
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
    { numRuns: 2_000 },
  );
});

test('no cut is inside a grapheme that the limit has room for', () => {
  fc.assert(
    fc.property(anyText, sizesFrom(2), anyLanguage, fc.boolean(), (text, sizes, language, isUrgent) => {
      const graphemes = segmentsOf('grapheme', text);
      fc.pre(graphemes.every(({ segment }) => segment.length <= sizes.maxCharacters));
      const starts = new Set([...graphemes.map(({ index }) => index), text.length]);
      const pieces = isUrgent
        ? cutUrgently(
            graphemes.map(({ segment }) => segment),
            sizes,
            language,
          )
        : cut([text], sizes, language);
      for (const end of cutsOf(pieces)) expect(starts, pieces.join('|')).toContain(end);
    }),
    { numRuns: 2_000 },
  );
});

/** Firefox calls a Chinese letter and the marks and blanks behind it one word. */
const withHan = /(?=.*\p{Script=Han}).*[^\p{L}\p{M}\p{N}]/su;

test('no cut is inside a word, unless the word and the white space beside it are above the limit', () => {
  fc.assert(
    fc.property(anyText, sizesFrom(12), anyLanguage, (text, sizes, language) => {
      const words = segmentsOf('word', text).filter(({ isWordLike, segment }) => isWordLike && !withHan.test(segment));
      const ends = cutsOf(cut([text], sizes, language));
      const long = Array.from(text.matchAll(/\s*\S+\s*/g)).filter(([word]) => word.length > sizes.maxCharacters);
      // Where a word ends inside a grapheme, the grapheme stays whole.
      const starts = new Set([...segmentsOf('grapheme', text).map(({ index }) => index), text.length]);
      for (const { index, segment } of words) {
        if (!starts.has(index + segment.length)) continue;
        if (long.some((each) => index >= each.index && index < each.index + each[0].length)) continue;
        const inside = ends.find((end) => end > index && end < index + segment.length);
        expect(inside, `${segment} at ${index}`).toBeUndefined();
      }
    }),
    { numRuns: 2_000 },
  );
});

test('pieces of urgent takes joined are the text, and no take is empty, blank or above the limit', () => {
  fc.assert(
    fc.property(anyText, sizesFrom(32), anyLanguage, anyLengths, (text, sizes, language, lengths) => {
      const pieces = cutUrgently(sliced(text, lengths), sizes, language);
      expect(pieces.join('')).toBe(text);
      for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(sizes.maxCharacters);
      expect(pieces).not.toContain('');
    }),
    { numRuns: 2_000 },
  );
});

test('without Intl.Segmenter, keeps the invariants, surrogate pairs, combining marks, flags and emoji sequences', () => {
  vi.stubGlobal('Intl', Object.create(Intl, { Segmenter: { value: undefined } }));
  try {
    const parts = fc.constantFrom('a', 'e\u0301', '👩‍👩‍👧', '🇰🇪', '👍🏽', 'कि', '海', 'กำ', '\r\n', ' ', '. ', ', ');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), fc.integer({ min: 8, max: 40 }), (graphemes, maxCharacters) => {
        const text = graphemes.join('');
        const starts = new Set([...segmentsOf('grapheme', text).map(({ index }) => index), text.length]);
        const sizes = { firstCharacters: 20, bestCharacters: 30, maxCharacters };
        const pieces = cut(text.split(''), sizes);
        expect(pieces).toEqual(cut([text], sizes));
        expect(pieces.join('')).toBe(text);
        for (const end of cutsOf(pieces)) expect(starts).toContain(end);
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(maxCharacters);
      }),
      { numRuns: 2_000 },
    );
  } finally {
    vi.unstubAllGlobals();
  }
});
