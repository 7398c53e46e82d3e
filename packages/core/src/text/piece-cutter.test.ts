import { expect, test } from 'vitest';

import { createPieceCutter, type PieceSizes } from './piece-cutter.ts';
import { cut, takeAll, usual } from './test-cuts.ts';
import { readings } from './test-texts.ts';

for (const [language, texts] of Object.entries(readings)) {
  test(`cuts at ends of sentences only: ${language || 'an unknown language'}`, () => {
    for (const marked of texts) {
      const sentences = marked.split('|');
      const ends = new Set<number>();
      let at = 0;
      for (const sentence of sentences) ends.add((at += sentence.length));
      // A first aim that no clause reaches.
      const pieces = cut(sentences.join('').split(''), { ...usual, firstCharacters: 600 }, language);
      at = 0;
      for (const piece of pieces) expect(ends, `${marked} → ${pieces.join('|')}`).toContain((at += piece.length));
      expect(pieces[0]).toBe(sentences[0]);
    }
  });
}

/** What is pushed, what an urgent take then gives, and how the text goes on. */
const urgentTakes: readonly [pushed: string, taken: string | undefined, goesOn: string][] = [
  ['Hel', undefined, 'lo'],
  ['Hello', undefined, ', you'],
  ['Hello ', 'Hello ', 'there'],
  ['Hello wor', 'Hello ', 'ld'],
  ['Let me check that.', 'Let me check that.', ' It is'],
  ['Is it? ', 'Is it? ', 'Yes'],
  ['He met Dr.', 'He met ', ' Smith'],
  ['It costs 3.', 'It costs ', '14'],
  ['See http:', 'See ', '//example.org'],
  ['Well.. wait', 'Well.. ', 'ing'],
  ['   ', undefined, 'Yes'],
  ['...', undefined, ' and so'],
  ['海は静かで', '海は静か', 'す'],
  ['สวัสดีครับผม', 'สวัสดีครับ', 'ชื่อ'],
  ['Wow 👩\u200D', 'Wow ', '👩'],
];
test.each(urgentTakes)('gives the whole words of %j: %j', (pushed, taken, goesOn) => {
  const cutter = createPieceCutter({ ...usual, language: 'en' });
  cutter.push(pushed);
  expect(cutter.take()).toBeUndefined();
  expect(cutter.take({ urgent: true })).toBe(taken);
  cutter.push(goesOn);
  cutter.end();
  expect((taken ?? '') + takeAll(cutter).join('')).toBe(pushed + goesOn);
});

test('an urgent take gives the whole sentences that are there, not a part of the next one', () => {
  const cutter = createPieceCutter(usual);
  cutter.push('One is here. Two is here. Three is here. Four is');
  expect(cutter.take()).toBe('One is here. ');
  expect(cutter.take()).toBeUndefined();
  expect(cutter.take({ urgent: true })).toBe('Two is here. Three is here. ');
  expect(cutter.take({ urgent: true })).toBe('Four ');
  expect(cutter.rest).toBe('is');
});

/** Texts at limits, cut by a reader's hand: `|` stands for a cut. */
const readerCuts: readonly [why: string, sizes: PieceSizes, marked: string][] = [
  [
    'a first clause',
    { ...usual, firstCharacters: 40 },
    'While the boat was still at the pier, |it rained, and nobody came. Then it left.',
  ],
  [
    'no clause in brackets',
    { ...usual, firstCharacters: 40 },
    'The boat (a big, old, white, slow one) left, |and nobody, not one, came.',
  ],
  [
    'no clause in a number or a time',
    { ...usual, firstCharacters: 40 },
    'The boat of the year cost 1,000,000 at 9:30, |they say.',
  ],
  ['a Thai clause', { ...usual, firstCharacters: 40 }, 'เรือออกจากท่าเวลาเจ็ดโมงเช้า |ทะเลสงบ ไม่มีลม'],
  [
    'a Japanese clause',
    { ...usual, firstCharacters: 40 },
    '船は毎朝七時に港を出て沖の小さな島へゆっくりと向かい、|昼前に着きます。',
  ],
  [
    'an aim that doubles',
    { firstCharacters: 10, bestCharacters: 40, maxCharacters: 99 },
    'One. |Two. Three. Four. |Five is longer. Six is longer. |Seven is longer. Eight is. Nine.',
  ],
  [
    'clause marks above the limit',
    { ...usual, maxCharacters: 24 },
    'A boat left at seven, |a gull sang, it rained, |and so on it went.',
  ],
  ['white space above the limit', { ...usual, maxCharacters: 24 }, 'A boat left at seven |and a gull sang and it |rained.'],
  ['graphemes above the limit', { ...usual, maxCharacters: 8 }, 'Donaudam|pfschiff|fahrt |ab.'],
  ['a clause with a footnote', { ...usual, firstCharacters: 1 }, '. https://x.org/?a=B—[1]|Dr'],
  ['the last word, whose white space is above the limit', { ...usual, maxCharacters: 12 }, 'Drword. \u0301|Dr\r\n'],
  ['a paragraph', usual, 'A heading\n\n|The text'],
];
test.each(readerCuts)('cuts at %s', (_why, sizes, marked) => {
  expect(cut(marked.replaceAll('|', '').split(''), sizes).join('|')).toBe(marked);
});

test('cuts Thai above the limit between the words that the engine finds in the rest of the text', () => {
  const text = 'สวัสดีครับสวัสดีครับ';
  const wordsOf = (rest: string) => Array.from(new Intl.Segmenter(undefined, { granularity: 'word' }).segment(rest));
  const expected: string[] = [];
  for (let rest = text; rest;) {
    const ends = wordsOf(rest).map(({ index, segment }) => index + segment.length);
    const piece = rest.slice(
      0,
      ends.findLast((end) => end <= 8),
    );
    expected.push(piece);
    rest = rest.slice(piece.length);
  }
  // Chromium and Node find this word everywhere, Firefox by what stands around it.
  const [, second] = wordsOf('ครับสวัสดีครับ');
  if (second?.segment === 'สวัสดี') expect(expected.join('|')).toBe('สวัสดี|ครับ|สวัสดี|ครับ');
  expect(cut(text.split(''), { ...usual, maxCharacters: 8 })).toEqual(expected);
});

test('a blank text is one piece, and an empty one none', () => {
  expect(cut([' ', '\n', ' '], usual)).toEqual([' \n ']);
  expect(cut(['', ''], usual)).toEqual([]);
});
