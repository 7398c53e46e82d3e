import { segmentStart } from './segments.ts';
import { closers, joinsPrevious } from './split-sentences.ts';

/** Thai, Lao, Burmese, Khmer, Japanese and Chinese letters: these scripts write no white space between words. */
const unspaced = String.raw`[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u9FFF]`;
const startsUnspaced = new RegExp(`^${unspaced}`);
/** Marks of clauses. Where words have no white space between them, white space is one. */
const clause = new RegExp(String.raw`(\p{Term}(?<!\p{STerm})|[—–])${closers}(\s*)|\s(?<=${unspaced}\s)\s*`, 'gu');
const blank = /\s+/g;
/** Marks that stand inside numbers, times and addresses too. They end a clause only before white space. */
const needsSpace = /^[,;:：–]/;
const startsWithNumber = /^\p{N}/u;
/** The last bracket or quote is an opening one. */
const isInside = /[\p{Ps}\p{Pi}][^\p{Ps}\p{Pi}\p{Pe}\p{Pf}]*$/u;
/** How far a bracket is looked for, in characters. */
const lookBehind = 80;
/** A number whose decimals may follow: "3." */
const endsWithNumber = /\p{N}[^\p{L}\s]*$/u;
/** The first half of a surrogate pair, or of CR and LF. */
export const halfEnd = /[\uD800-\uDBFF\r]$/;

/** A number of a footnote that has not come whole. It belongs to the clause before it. */
const openFootnote = /^\[\d{0,3}$/;

/** Whether a clause or white space ends at `end`, and a word may begin there. */
function isBreak([, mark, gap]: RegExpMatchArray, text: string, end: number): boolean {
  const ahead = text.slice(end, end + 2);
  return !joinsPrevious.test(ahead) && (!mark || Boolean(gap) || !(needsSpace.test(mark) || startsWithNumber.test(ahead)));
}

/**
 * Returns the end of the first clause that has at least `least` characters and ends before `bound`, outside brackets and quotes.
 * Without one, returns `~index`: a later call may look from `index`.
 */
export function findClauseEnd(text: string, from: number, least: number, bound: number): number {
  clause.lastIndex = from;
  for (let match; (match = clause.exec(text));) {
    const end = clause.lastIndex;
    if (end >= bound || openFootnote.test(text.slice(end, end + 5))) return ~match.index;
    if (end >= least && isBreak(match, text, end) && !isInside.test(text.slice(Math.max(0, end - lookBehind), end))) return end;
  }
  return ~text.length;
}

/** Returns the last end of the pattern that is above `start` and at most `most`, 0 without one. */
function lastBreak(pattern: RegExp, text: string, start: number, most: number): number {
  let cut = 0;
  pattern.lastIndex = 0;
  for (let match; (match = pattern.exec(text));) {
    const end = pattern.lastIndex;
    if (end > start && end <= most && isBreak(match, text, end)) cut = end;
  }
  return cut;
}

/** Returns where to cut a text whose first sentence is longer than `most` characters. */
export function cutBeyondLimit(text: string, most: number): number {
  // A piece needs more than this.
  const start = Math.max(0, text.search(/\S/));
  const before = lastBreak(clause, text, start, most) || lastBreak(blank, text, start, most);
  if (before) return before;
  const after = (index: number): number => (index > start ? index : 0);
  // A grapheme above the limit is cut, but not between the halves of a surrogate pair.
  const longest = segmentStart('grapheme', text, most) || text.slice(0, most).replace(halfEnd, '').length;
  const cut = after(segmentStart('word', text, most)) || longest;
  if (text.slice(cut, cut + most).trim()) return cut;
  // White space behind takes the last word with it, or the end of an only word. Otherwise it would be a piece by itself.
  const last = text.slice(0, cut).trimEnd().length - 1;
  return after(segmentStart('word', text, last)) || after(segmentStart('grapheme', text, last)) || longest;
}

/** Returns the end of the last whole word within the limit, 0 without one. `find` finds the end of a sentence whose last mark ends the text. */
export function wholeWords(text: string, most: number, find: (text: string) => number): number {
  const start = text.search(/[\p{L}\p{N}]/u);
  if (start < 0) return 0;
  const sentence = find(`${text} A`);
  if (sentence > 0 && sentence <= most && (sentence <= text.length || !endsWithNumber.test(text.slice(-8)))) {
    return Math.min(sentence, text.length);
  }
  const cut = lastBreak(blank, text, start, most);
  const word = segmentStart('word', text, Math.min(text.length - 1, most));
  return word > Math.max(cut, start) && startsUnspaced.test(text.slice(word)) ? word : cut;
}
