import { abbreviationsOf, type AbbreviationRules } from './abbreviations.ts';

// Each run of marks is matched once, whatever follows: a pattern that could fail would read a long run again and again.
const marks = String.raw`[\p{STerm}]+`;
/** Quotes, brackets and footnote numbers that belong to the sentence before them; French sets a space before its quote. */
export const closers = String.raw`[\p{Pe}\p{Pf}\p{Pi}"'*_]*(?:\[\d{1,3}\])*(?:[\u00A0\u202F ]»(?=\s|$))?`;
const candidate = new RegExp(`[\\n\\r\\u2028\\u2029]\\s*|(${marks})(${closers})(\\s*)`, 'gu');
const lineBreak = /[\n\r\u2028\u2029]/;
/** Marks that stand inside numbers and addresses too. They end a sentence only before white space. */
const needsSpace = /[.!?\uFF0E\u2024]$/;
/** Characters that join the one before them: a break there would cut a grapheme. U+0E33 and U+0EB3 are the Thai and Lao AM. */
export const joining = String.raw`[\p{M}\p{Gr_Ext}\p{EMod}\u200D\u0E33\u0EB3]`;
export const joinsPrevious = new RegExp(`^${joining}`, 'u');
/** Once it follows a mark, later text changes nothing about the mark. */
const letter = /\p{L}/u;
const continues = /^[,;:\p{STerm}]/u;
const openers = String.raw`^[\p{Ps}\p{Pi}\p{Pf}"'¿¡*_]*`;
const startsSmall = new RegExp(String.raw`${openers}\p{Ll}`, 'u');
const startsWithNumber = new RegExp(String.raw`${openers}(?:\p{N}|#|№|n[º°])`, 'u');
const upToLastWord = /^.*[\s\p{Ps}\p{Pi}"']/su;
const isNumber = /^\p{Nd}{1,2}$/u;
const isListNumber = /^\s*[\p{Ps}]?\p{Nd}{1,3}$/u;
/** "J" of "J. Smith", "S" of "U.S.", "B" of "z. B."; not the pronoun "I", and not "P.M.", after which a sentence may start. */
const isInitial =
  /^(?![IÁ]$|[AP]\.M$)(?:[\p{L}\p{N}.]*[-–])?(?:\p{L}\p{M}*|(?:\p{Lu}\p{M}*\.)+\p{Lu}|(?:\p{Lo}\p{M}*\.)+\p{Lo}\p{M}*)$/u;
/** Enough for the longest abbreviation and what opens a sentence. */
const lookBehind = 40;
const lookAhead = 8;

/**
 * Returns where the sentence that begins at `start` ends. `from` is where to look for its mark. While that is undecided, returns
 * `~index`: no sentence ends at or before `index`, and a later call may look from there. While `isOpen`, more text may come.
 */
export type SentenceFinder = (text: string, start: number, from: number, isOpen?: boolean) => number;

/** Returns the finder of a BCP 47 language tag. */
export function sentenceFinder(language: string): SentenceFinder {
  const rules = abbreviationsOf(language);
  return (text, start, from, isOpen) => {
    candidate.lastIndex = from;
    for (let match; (match = candidate.exec(text));) {
      const end = candidate.lastIndex;
      const ahead = text.slice(end, end + lookAhead);
      if (!ahead || (isOpen && ahead.length < lookAhead && !letter.test(ahead))) return ~match.index;
      const before = text.slice(Math.max(start, match.index - lookBehind), match.index);
      const isFirst = match.index - start <= lookBehind;
      if (endsSentence(before, match, ahead, isFirst, rules) && text.slice(start, end).trim()) return end;
    }
    return ~text.length;
  };
}

/**
 * Cuts a text into its sentences. Joined, the pieces are the text; each holds the white space after it, and none is blank
 * unless the text is. A line break always ends a sentence. A mark ends none after a title, an abbreviation, an initial, a list
 * number or, in languages that have them, an ordinal; nor inside numbers, addresses and times.
 *
 * It reads a few characters past each mark and nothing after them. So every piece but the last stays the same when text is
 * appended, once the last piece has a letter.
 *
 * @param language BCP 47 tag of the text. Default: unknown, which takes the abbreviations of all languages it knows
 */
export function splitSentences(text: string, language = ''): string[] {
  const find = sentenceFinder(language);
  const pieces: string[] = [];
  let start = 0;
  for (let end; (end = find(text, start, start)) > 0; start = end) pieces.push(text.slice(start, end));
  if (start < text.length) pieces.push(text.slice(start));
  return pieces;
}

/** Whether `mark`, with the quotes and brackets after it, ends the sentence of `before`. `isFirst`: `before` is all of the sentence. */
function endsSentence(
  before: string,
  [, mark = '', closing = '', gap]: RegExpExecArray,
  ahead: string,
  isFirst: boolean,
  rules: AbbreviationRules,
): boolean {
  if (joinsPrevious.test(ahead)) return false;
  if (!mark || lineBreak.test(gap!)) return true;
  if (!gap && needsSpace.test(mark)) return false;
  if (continues.test(ahead)) return false;
  if ((closing || mark.endsWith('.')) && startsSmall.test(ahead)) return false;
  if (mark !== '.' || closing) return true;
  const word = before.replace(upToLastWord, '');
  return !(
    (isFirst && isListNumber.test(before)) ||
    (rules.hasOrdinals && isNumber.test(word)) ||
    isInitial.test(word) ||
    rules.always.test(word) ||
    (rules.beforeNumber.test(word) && startsWithNumber.test(ahead))
  );
}
