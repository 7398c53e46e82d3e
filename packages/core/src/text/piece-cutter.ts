import { cutBeyondLimit, findClauseEnd, wholeWords } from './cut-sentence.ts';
import { sentenceFinder, type SentenceFinder } from './split-sentences.ts';

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

/** What is read beyond the limit, in characters: enough to see whether a word or a grapheme ends there. */
const lookAhead = 64;
const hasWord = /[\p{L}\p{N}]/u;
const hasMark = /[\p{Sentence_Terminal}\n\r\u2028\u2029]/u;

/** What is known of the next piece: indices into the text that was not taken. */
interface Scan {
  /** The end of the sentences that fit into the piece. */
  fitting: number;
  /** The start of the sentence after those that were found. */
  sentence: number;
  /** Where to look for the next mark. */
  scanned: number;
  /** Where to look for the next clause, in the first piece. */
  clauseFrom: number;
}

interface Reading {
  readonly text: string;
  /** Whether `text` is all that is left. */
  readonly isWhole: boolean;
  /** Whether `text` reaches so far beyond the limit that more text changes nothing. */
  readonly isFull: boolean;
  readonly aim: number;
  readonly most: number;
  /** The fewest characters of a clause that is a piece `Infinity` after the first piece. */
  readonly leastClause: number;
}

/** Returns the end of the next piece, 0 while it is undecided. */
function decide(scan: Scan, find: SentenceFinder, at: Reading): number {
  const { text, isWhole, isFull, aim, most, leastClause } = at;
  const isFirst = leastClause < Infinity;
  for (;;) {
    const found = find(text, scan.sentence, scan.scanned, !isWhole);
    const isFound = found > 0 || isWhole;
    const next = found > 0 ? found : isWhole ? text.length : ~found;
    // The first place where a sentence can end: behind the mark that is undecided, or where the text may end.
    const bound = isFound ? next : Math.min(next + 1, text.length);
    if (isFirst) {
      const clause = findClauseEnd(text, scan.clauseFrom, { least: leastClause, most, bound });
      if (clause > 0) return clause;
      scan.clauseFrom = ~clause;
    }
    if (scan.fitting && bound > aim) return scan.fitting;
    if (bound > most) return isFull ? cutBeyondLimit(text, most) : 0;
    scan.scanned = next;
    if (!isFound) return isFull ? scan.fitting || cutBeyondLimit(text, most) : 0;
    const isSpoken = scan.fitting > 0 || hasWord.test(text.slice(scan.sentence, next));
    scan.sentence = next;
    if (next === text.length) return next;
    if (!isSpoken) continue;
    if (isFirst || next > aim) return next;
    scan.fitting = next;
  }
}

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
  let scan: Scan;
  // Looking again before a word follows a mark, or the text reaches a length that decides, would find nothing new.
  let isMarked = false;
  let isDue: boolean;
  let wake = 0;

  const startPiece = (): void => {
    scan = { fitting: 0, sentence: 0, scanned: 0, clauseFrom: 0 };
    isDue = true;
  };
  startPiece();

  function read(): Reading {
    const text = rest.slice(0, most + lookAhead);
    const isWhole = isEnded && text.length === rest.length;
    return {
      // The other half of a surrogate pair, or of CR and LF, may follow.
      text: isWhole ? text : text.replace(/[\uD800-\uDBFF\r]$/, ''),
      isWhole,
      isFull: isWhole || text.length === most + lookAhead,
      aim: Math.min(firstCharacters * 2 ** taken, bestCharacters, most),
      most,
      leastClause: taken ? Infinity : Math.max(24, firstCharacters / 2),
    };
  }

  return {
    push(text) {
      rest += text;
      isMarked ||= hasMark.test(text);
      isDue ||= (isMarked || !taken) && hasWord.test(text);
    },
    end() {
      isEnded = true;
    },
    take({ urgent = false } = {}) {
      if (!rest || !(isDue || isEnded || urgent || rest.length >= wake)) return undefined;
      const reading = read();
      const { text, aim } = reading;
      let end = decide(scan, find, reading);
      if (urgent) end ||= scan.fitting || wholeWords(text, most, (each) => find(each, scan.sentence, scan.scanned));
      isDue = false;
      isMarked = scan.scanned < text.length;
      wake = (rest.length < aim + lookAhead ? aim : most) + lookAhead;
      if (!end) return undefined;
      const piece = rest.slice(0, end);
      rest = rest.slice(end);
      taken += 1;
      startPiece();
      return piece;
    },
    get rest() {
      return rest;
    },
  };
}
