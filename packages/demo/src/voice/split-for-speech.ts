import { detectLanguage, type SpokenLanguage } from './detect-language.ts';

/** A part of a text that is synthesised in one go. */
export interface SpeechPiece {
  readonly language: SpokenLanguage;
  readonly text: string;
}

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * Cuts a text into pieces of at most `maxCharacters`, each in one language: whole sentences together while they fit,
 * so that the voice keeps its own melody between them. Nothing but spaces at the cuts is lost.
 */
export function splitForSpeech(text: string, maxCharacters = 300): SpeechPiece[] {
  const main = detectLanguage(text);
  const pieces: SpeechPiece[] = [];
  for (const { segment } of sentences.segment(text)) {
    const language = detectLanguage(segment, main);
    for (const part of cutAtSpaces(segment, maxCharacters)) {
      const last = pieces.at(-1);
      if (last?.language === language && last.text.length + part.length <= maxCharacters) {
        pieces[pieces.length - 1] = { language, text: last.text + part };
      } else {
        pieces.push({ language, text: part });
      }
    }
  }
  return pieces.filter((piece) => piece.text.trim() !== '');
}

function cutAtSpaces(sentence: string, maxCharacters: number): string[] {
  const parts: string[] = [];
  let rest = sentence;
  while (rest.length > maxCharacters) {
    const window = rest.slice(0, maxCharacters);
    const space = window.search(/\s\S*$/u);
    // Not between the halves of a surrogate pair.
    const hard = /[\uD800-\uDBFF]$/u.test(window) ? maxCharacters - 1 : maxCharacters;
    const cut = space > 0 ? space + 1 : hard;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}
