import { expect, test } from 'vitest';

import { expectedSeconds, sentenceAt, sentencesOf } from './sentences.ts';

const textsOf = (text: string, language?: string): string[] =>
  sentencesOf(text, language).map(({ start, end }) => text.slice(start, end));

test('a text is taken apart into its sentences, in Latin and in Arabic', () => {
  expect(textsOf('  One is short. Is this two?  Three! ')).toEqual(['One is short.', 'Is this two?', 'Three!']);
  expect(textsOf('تغادر العبّارة في السابعة صباحًا. تعبر المضيق.')).toEqual(['تغادر العبّارة في السابعة صباحًا.', 'تعبر المضيق.']);
  expect(textsOf('A heading\nA paragraph.')).toEqual(['A heading', 'A paragraph.']);
  expect(textsOf('Bw. Juma alikuja. Karibu!', 'sw')).toEqual(['Bw. Juma alikuja.', 'Karibu!']);
  expect(textsOf('Am 3. Oktober, z. B. Mittags. Gut.', 'de')).toEqual(['Am 3. Oktober, z. B. Mittags.', 'Gut.']);
  expect(textsOf(' \n ')).toEqual([]);
});

test('every share of the speech has a sentence, in their order, and longer ones have more of it', () => {
  const text = 'Short one. This sentence is quite a bit longer than the first. End.';
  const sentences = sentencesOf(text);
  const shares = Array.from({ length: 101 }, (_, percent) => sentences.indexOf(sentenceAt(sentences, percent / 100)!));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(new Set(shares)).toEqual(new Set([0, 1, 2]));
  expect(shares.filter((at) => at === 1).length).toBeGreaterThan(shares.filter((at) => at !== 1).length);
  expect(sentences.at(-1)?.endsAt).toBeCloseTo(1);
  expect(sentenceAt(sentences, 7)).toBe(sentences[2]);
  expect(sentenceAt([], 0.5)).toBeUndefined();
});

test('a longer text is expected to take longer, and the shortest takes some time', () => {
  expect(expectedSeconds('Hi')).toBeGreaterThan(0);
  expect(expectedSeconds('word '.repeat(150))).toBeGreaterThan(40);
  expect(expectedSeconds('word '.repeat(150))).toBeLessThan(80);
});
