import fc from 'fast-check';
import { expect, test } from 'vitest';

import { splitSentences } from './split-sentences.ts';
import { hardParts, readings } from './test-texts.ts';

for (const [language, texts] of Object.entries(readings)) {
  test.each(texts)(`cuts ${language || 'an unknown language'} where a reader does: %s`, (marked) => {
    const pieces = marked.split('|');
    expect(splitSentences(pieces.join(''), language)).toEqual(pieces);
    expect(splitSentences(pieces.join(''), language ? `${language.toUpperCase()}-XX` : undefined)).toEqual(pieces);
  });
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

test('joined, the pieces are the text, and none of them is blank', () => {
  fc.assert(
    fc.property(hardText, anyLanguage, (text, language) => {
      const pieces = splitSentences(text, language);
      expect(pieces.join('')).toBe(text);
      if (text.trim()) for (const piece of pieces) expect(piece.trim()).not.toBe('');
      else expect(pieces).toEqual(text ? [text] : []);
    }),
    { numRuns: 2_000 },
  );
});

test('no border is inside a grapheme', () => {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  fc.assert(
    fc.property(hardText, anyLanguage, (text, language) => {
      const starts = new Set(Array.from(graphemes.segment(text), ({ index }) => index));
      let at = 0;
      for (const piece of splitSentences(text, language)) {
        expect(starts).toContain(at);
        at += piece.length;
      }
    }),
    { numRuns: 2_000 },
  );
});

test('every piece but the last stays when text is appended, once the last piece has a letter', () => {
  fc.assert(
    fc.property(hardText, fc.nat(), anyLanguage, (text, at, language) => {
      const early = splitSentences(text.slice(0, at % (text.length + 1)), language);
      if (!/\p{L}/u.test(early.at(-1) ?? '')) return;
      expect(splitSentences(text, language).slice(0, early.length - 1)).toEqual(early.slice(0, -1));
    }),
    { numRuns: 20_000 },
  );
});

test.each(['.', '. ', '"', ' ', '[1]', '\n', 'a', '。', '(', 'A. '])('reads 200,000 times %j in under a second', (unit) => {
  const text = unit.repeat(200_000);
  const startedAt = performance.now();
  expect(splitSentences(`${text}x`).join('')).toBe(`${text}x`);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
