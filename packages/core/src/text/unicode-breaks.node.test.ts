import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { createPieceCutter } from './piece-cutter.ts';
import { splitSentences } from './split-sentences.ts';

/** Reads a file of Unicode's break tests: each line is a text, as the list of its segments. */
function readCases(name: 'Grapheme' | 'Word' | 'Sentence'): string[][] {
  const file = readFileSync(new URL(`unicode/${name}BreakTest.txt`, import.meta.url), 'utf8');
  const lines = file.split('\n').filter((line) => line.startsWith('÷'));
  const textOf = (codes: string): string =>
    codes
      .split('×')
      .map((code) => String.fromCodePoint(Number.parseInt(code, 16)))
      .join('');
  return lines.map((line) => line.split('÷').slice(1, -1).map(textOf));
}

/** Cuts a text that arrives one character at a time, and returns where. */
function cutsOf(text: string, maxCharacters: number): number[] {
  const cutter = createPieceCutter({ firstCharacters: maxCharacters, bestCharacters: maxCharacters, maxCharacters });
  const cuts: number[] = [];
  let at = 0;
  const takeAll = (): void => {
    for (let piece; (piece = cutter.take()) !== undefined;) cuts.push((at += piece.length));
  };
  for (let index = 0; index < text.length; index += 1) {
    cutter.push(text.charAt(index));
    takeAll();
  }
  cutter.end();
  takeAll();
  expect(at).toBe(text.length);
  return cuts;
}

test('never cuts inside a grapheme of GraphemeBreakTest.txt that the limit has room for', () => {
  const cases = readCases('Grapheme');
  expect(cases).toHaveLength(602);
  for (const segments of cases) {
    const text = segments.join('');
    const borders = segments.map((_, index) => segments.slice(0, index + 1).join('').length);
    const longest = Math.max(2, ...segments.map(({ length }) => length));
    for (let most = longest; most <= text.length; most += 1) {
      for (const cut of cutsOf(text, most)) expect(borders, JSON.stringify({ text, most })).toContain(cut);
    }
  }
});

function wordAt(segments: readonly string[], index: number): { word: string; start: number } {
  let start = 0;
  for (const word of segments) {
    if (start + word.length > index) return { word, start };
    start += word.length;
  }
  return { word: '', start };
}

test('never cuts inside a word of WordBreakTest.txt that the limit has room for, with the white space beside it', () => {
  const cases = readCases('Word');
  expect(cases).toHaveLength(1_823);
  for (const segments of cases) {
    const text = segments.join('');
    for (let most = 2; most <= text.length; most += 1) {
      for (const cut of cutsOf(text, most)) {
        const { word, start } = wordAt(segments, cut);
        // A piece of white space alone is worse than a cut word.
        const before = text.slice(0, start).length - text.slice(0, start).trimEnd().length;
        const after = text.length - start - word.length - text.slice(start + word.length).trimStart().length;
        const hasRoom = word.length + Math.max(before, after) <= most;
        if (/[\p{L}\p{N}]/u.test(word) && hasRoom) expect(cut, JSON.stringify({ segments, most })).toBe(start);
      }
    }
  }
});

/** Where sentences differ from Unicode's, on purpose: the first row that fits counts. */
const differences: readonly { readonly because: string; readonly fits: RegExp; readonly cases: number }[] = [
  { because: 'format characters between the letters are no part of what we read', fits: /\u2060/, cases: 11 },
  { because: 'U+0085 is not white space in JavaScript', fits: /\u0085/, cases: 34 },
  { because: 'white space is no piece of its own', fits: /^[\r\n]/, cases: 56 },
  { because: 'white space and the mark that joins it are not parted', fits: /[\n\u00A0’]\u0308/, cases: 3 },
  {
    because: 'a mark of Latin script stands inside numbers and addresses, so white space must follow',
    fits: /[.!]\u0308?\S/,
    cases: 18,
  },
];

test('cuts as SentenceBreakTest.txt says, but for differences on purpose', () => {
  const cases = readCases('Sentence');
  expect(cases).toHaveLength(502);
  const counts = differences.map(({ because }) => ({ because, cases: 0 }));
  for (const segments of cases) {
    const text = segments.join('');
    const sentences = splitSentences(text, 'en');
    const row = differences.findIndex(({ fits }) => fits.test(text));
    if (row >= 0 && sentences.join('÷') !== segments.join('÷')) counts[row]!.cases += 1;
    else expect(sentences).toEqual(segments);
  }
  expect(counts).toEqual(differences.map(({ because, cases: count }) => ({ because, cases: count })));
});
