import { splitSentences } from '@saystream/core';

/** One sentence of a text: where it stands, and its share of the whole speech by our estimate. */
export interface Sentence {
  /** Offset of its first character in the text. */
  readonly start: number;
  /** Offset behind its last character. */
  readonly end: number;
  /** What is spoken once it ends, as a share of the whole: above 0, the last one's is 1. */
  readonly endsAt: number;
}

/** A full stop takes about as long as this many letters. */
const lettersPerPause = 7;
/** Speech at its usual speed; one estimate for all languages, wrong by up to a third, and more where a letter is a word. */
const lettersPerSecond = 15;

/** The sentences of a text in a language (BCP 47; empty: unknown). */
export function sentencesOf(text: string, language = ''): Sentence[] {
  let at = 0;
  let letters = 0;
  const parts = splitSentences(text, language).flatMap((piece) => {
    const words = piece.trim();
    const start = at + piece.indexOf(words);
    at += piece.length;
    letters += words.length + lettersPerPause;
    return words ? [{ start, end: start + words.length, endsAt: letters }] : [];
  });
  return parts.map((part) => ({ ...part, endsAt: part.endsAt / letters }));
}

/** Which sentence is being spoken when `share` of the speech has been heard. Undefined for a text without any. */
export const sentenceAt = (sentences: readonly Sentence[], share: number): Sentence | undefined =>
  sentences.find(({ endsAt }) => share < endsAt) ?? sentences.at(-1);

/** How long a text probably takes, in seconds. */
export const expectedSeconds = (text: string): number => (text.length + lettersPerPause) / lettersPerSecond;
