import { segmentStart } from './segments.ts';
import { closers, joinsPrevious } from './split-sentences.ts';

/** Scripts that write no white space between words. */
const unspaced = String.raw`\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;
/** Marks of clauses. Where white space stands between clauses only, it is a mark too. */
const clause = new RegExp(
  String.raw`(\p{Terminal_Punctuation}(?<!\p{Sentence_Terminal})|[—–])${closers}(\s*)|\s(?<=[${unspaced}]\s)\s*`,
  'gu',
);
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
const lookAhead = 8;
const startsUnspaced = new RegExp(String.raw`^[${unspaced}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]`, 'u');

/** Whether a clause or white space ends at `end`, and a word begins there. */
function isBreak([, mark, gap]: RegExpMatchArray, text: string, end: number): boolean {
  const ahead = text.slice(end, end + 2);
  if (!ahead || joinsPrevious.test(ahead)) return false;
  return !mark || Boolean(gap) || !(needsSpace.test(mark) || startsWithNumber.test(ahead));
}

/**
 * Returns the end of the first clause that has at least `least` characters and at most `most`, and that ends before `bound`, outside
 * brackets and quotes. Without one, returns `~index`: a later call may look from `index`.
 */
export function findClauseEnd(text: string, from: number, at: { least: number; most: number; bound: number }): number {
  clause.lastIndex = from;
  for (let match; (match = clause.exec(text));) {
    const end = clause.lastIndex;
    if (end >= at.bound || end >= text.length) return ~match.index;
    if (end < at.least || end > at.most || !isBreak(match, text, end)) continue;
    if (!isInside.test(text.slice(Math.max(0, end - lookBehind), end))) return end;
  }
  return ~text.length;
}

/** Returns where to cut a text whose first sentence is longer than `most` characters. */
export function cutBeyondLimit(text: string, most: number): number {
  // A piece needs more than this.
  const start = text.search(/\S/);
  const last = (pattern: RegExp): number => {
    let cut = 0;
    pattern.lastIndex = 0;
    for (let match; (match = pattern.exec(text));) {
      const end = pattern.lastIndex;
      if (end > most) break;
      if (end > start && isBreak(match, text, end)) cut = end;
    }
    return cut;
  };
  return last(clause) || last(blank) || cutInside(text, most, start);
}

/** Returns where to cut a text in which no white space ends within the limit. */
function cutInside(text: string, most: number, start: number): number {
  const grapheme = segmentStart('grapheme', text, most);
  const word = segmentStart('grapheme', text, segmentStart('word', text, most));
  // A grapheme above the limit is cut, but not between the halves of a surrogate pair.
  const longest = grapheme > 0 ? grapheme : most - Number(/^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(most - 1)));
  const cut = word > start && word > 0 ? word : longest;
  if (text.slice(cut, cut + most).trim()) return cut;
  // The white space behind takes the end of the word with it, or it would be a piece by itself.
  const before = segmentStart('grapheme', text, text.slice(0, cut).trimEnd().length - 1);
  return before > start && before > 0 ? before : longest;
}

/** Returns the end of the last whole word within the limit, 0 without one. `find` finds the end of a sentence whose last mark ends the text. */
export function wholeWords(text: string, most: number, find: (text: string) => number): number {
  const start = text.search(/[\p{L}\p{N}]/u);
  if (start < 0) return 0;
  const sentence = find(`${text} A`);
  const isSure = sentence > 0 && (sentence <= text.length || !endsWithNumber.test(text.slice(-lookAhead)));
  if (isSure && sentence <= most) return Math.min(sentence, text.length);
  let cut = 0;
  for (const match of text.matchAll(blank)) {
    const end = match.index + match[0].length;
    if (end <= most && match.index > start && !joinsPrevious.test(text.slice(end, end + 2))) cut = end;
  }
  const word = segmentStart('grapheme', text, segmentStart('word', text, Math.min(text.length - 1, most)));
  return word > Math.max(cut, start) && startsUnspaced.test(text.slice(word)) ? word : cut;
}
