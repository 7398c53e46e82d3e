import { cutBeyondLimit, findClauseEnd, halfEnd, wholeWords } from './cut-sentence.ts';
import { sentenceFinder } from './split-sentences.ts';

/** How long pieces may be, in UTF-16 units as `text.length` counts them. */
export interface PieceSizes {
  /** Aim of the first piece. A clause is enough for it from half of this on, but from no fewer than 24 characters. */
  readonly firstCharacters: number;
  /** Aim of later pieces. The aim doubles from `firstCharacters` up to this. */
  readonly bestCharacters: number;
  /** No piece is longer. At least 2. */
  readonly maxCharacters: number;
}

/** Cuts text that is still being written into pieces to speak. Joined, the pieces are the text. */
export interface PieceCutter {
  /** Adds text. It may end anywhere, also inside a word or a surrogate pair. */
  push(text: string): void;
  /** Says that no more text comes. */
  end(): void;
  /**
   * Returns the next piece, or `undefined` while text that is still to come may change it, and after the last piece.
   *
   * With `urgent`, returns the sentences that are complete, or else the whole words. It is `undefined` while there is no whole word.
   */
  take(how?: { readonly urgent?: boolean }): string | undefined;
  /** Text that was pushed and not taken. */
  readonly rest: string;
}

/** How many characters beyond the limit are read. They show whether a word or a grapheme ends at the limit. */
const lookAhead = 64;
const hasWord = /[\p{L}\p{N}]/u;

/**
 * Creates a cutter of text into pieces to speak.
 *
 * The first piece is the first sentence, or a clause of it. Each later piece holds as many whole sentences as its aim allows, at
 * least one. A sentence above `maxCharacters` is cut at its last clause mark within the limit, else at white space, else between
 * words that have no white space between them, else between graphemes. Without urgent takes, the pieces are the same however
 * the text was sliced.
 *
 * A piece is blank only where all of the text is, where white space alone is longer than the limit, or at the end, where white
 * space is all that an urgent take left.
 *
 * @param options Sizes, and the BCP 47 tag of the text's language. Default: unknown, as in {@link splitSentences}
 */
export function createPieceCutter(options: PieceSizes & { readonly language?: string }): PieceCutter {
  const { firstCharacters, bestCharacters, maxCharacters: most, language = '' } = options;
  const find = sentenceFinder(language);
  let rest = '';
  let isEnded = false;
  let taken = 0;
  // Text without a letter or a digit decides nothing: a long run of marks or white space is looked at once.
  let isDue = true;
  // Of `rest`: the end of the sentences that fit, the start of the sentence after them, where its mark and where a clause is to be found.
  let fitting = 0;
  let sentence = 0;
  let scanned = 0;
  let clauseFrom = 0;

  /** Returns the end of the next piece, 0 while it is undecided. `isWhole`: `text` is all that is left. */
  function decide(text: string, isWhole: boolean): number {
    const aim = Math.min(firstCharacters * 2 ** taken, bestCharacters, most);
    for (;;) {
      const found = find(text, sentence, scanned, !isWhole);
      const isFound = found > 0 || isWhole;
      const next = found > 0 ? found : isWhole ? text.length : ~found;
      // The first place where a sentence can end: behind the mark that is undecided, or where the text may end.
      const bound = isFound ? next : Math.min(next + 1, text.length);
      if (!taken) {
        clauseFrom = ~findClauseEnd(text, clauseFrom, Math.max(24, firstCharacters / 2), Math.min(bound, most + 1));
        if (clauseFrom < 0) return ~clauseFrom;
      }
      if (fitting && bound > aim) return fitting;
      scanned = next;
      const isFull = isWhole || rest.length >= most + lookAhead;
      if (bound > most || !isFound) return isFull ? fitting || cutBeyondLimit(text, most) : 0;
      const isSpoken = fitting || hasWord.test(text.slice(sentence, next));
      sentence = next;
      if (next === text.length || (isSpoken && (!taken || next > aim))) return next;
      if (isSpoken) fitting = next;
    }
  }

  return {
    push(text) {
      rest += text;
      isDue ||= hasWord.test(text);
    },
    end() {
      isEnded = true;
    },
    take({ urgent = false } = {}) {
      if (!rest || !(isDue || isEnded || urgent)) return undefined;
      let text = rest.slice(0, most + lookAhead);
      const isWhole = isEnded && text.length === rest.length;
      if (!isWhole) text = text.replace(halfEnd, '');
      let end = decide(text, isWhole);
      if (urgent) end ||= fitting || wholeWords(text, most, (each) => find(each, sentence, scanned));
      isDue = end > 0;
      if (!end) return undefined;
      const piece = rest.slice(0, end);
      rest = rest.slice(end);
      taken += 1;
      fitting = sentence = scanned = clauseFrom = 0;
      return piece;
    },
    get rest() {
      return rest;
    },
  };
}
