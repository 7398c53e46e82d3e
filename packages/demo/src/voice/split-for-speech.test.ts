import { describe, expect, it } from 'vitest';

import { splitForSpeech } from './split-for-speech.ts';

describe('splitForSpeech', () => {
  it('keeps short sentences of one language together', () => {
    expect(splitForSpeech('Hello there. How are you?')).toEqual([{ language: 'en', text: 'Hello there. How are you?' }]);
  });

  it('gives each language of a mixed text its own piece', () => {
    const pieces = splitForSpeech('Hello, this is English. Habari ya asubuhi. مرحبا بالعالم؟ And this is the end.');
    expect(pieces.map((piece) => piece.language)).toEqual(['en', 'sw', 'ar', 'en']);
  });

  it.each([
    ['sentences', 'The fox is here. '.repeat(300)],
    ['one endless sentence', 'word '.repeat(1000)],
    ['one endless word', 'a'.repeat(5000)],
    ['emoji', '😀'.repeat(2500)],
  ])('loses no character of %s and keeps every piece short', (_name, text) => {
    const pieces = splitForSpeech(text);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    for (const piece of pieces) {
      expect(piece.text.length).toBeLessThanOrEqual(300);
      // A lone half of a surrogate pair is what a cut through an emoji would leave.
      expect(piece.text).not.toMatch(/\p{Cs}/u);
    }
  });

  it('has nothing to say for blank text', () => {
    expect(splitForSpeech(' \n ')).toEqual([]);
  });
});
