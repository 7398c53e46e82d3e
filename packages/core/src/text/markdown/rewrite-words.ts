/** How words are said: for every language, or by language tag, such as `{ GIF: { en: 'jiff' } }`. */
export type Pronunciations = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** A word of a text, and what is said for it. */
export interface Rewrite {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const emoji =
  /(?:\p{RI}{2}|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)\p{EMod}?|\p{Extended_Pictographic}\p{EMod})(?:\u200D\p{Extended_Pictographic}\uFE0F?\p{EMod}?|[\u{E0020}-\u{E007F}])*\uFE0F?|[0-9#*]\uFE0F?\u20E3/gu;

const escape = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
const hasCapital = /\p{Lu}|\p{Lt}/u;

function saidFor(entry: Pronunciations[string], language: string): string | undefined {
  if (typeof entry === 'string') return entry;
  const [primary = ''] = language.split('-', 1);
  return entry[language] ?? entry[primary];
}

/**
 * Builds the function that finds what is said in another way. Whole words count, by Unicode's letters, marks and digits. A
 * key with a capital matches exactly; a key without one matches in any case.
 */
export function createRewriter(pronunciations: Pronunciations, language: string, dropsEmoji: boolean) {
  const said = new Map<string, string>();
  for (const [word, entry] of Object.entries(pronunciations)) {
    const text = saidFor(entry, language);
    if (word && text !== undefined) said.set(word.normalize('NFC'), text);
  }
  const words = [...said.keys()].sort((a, b) => b.length - a.length).map(escape);
  const pattern =
    words.length > 0 ? new RegExp(`(?<![\\p{L}\\p{M}\\p{N}_])(?:${words.join('|')})(?![\\p{L}\\p{M}\\p{N}_])`, 'giu') : undefined;
  const find = (word: string): string | undefined => {
    const lower = word.toLowerCase();
    return said.get(word) ?? (hasCapital.test(lower) ? undefined : said.get(lower));
  };
  return (text: string): Rewrite[] => {
    const rewrites: Rewrite[] = [];
    if (dropsEmoji) {
      for (const { index, 0: match } of text.matchAll(emoji))
        rewrites.push({ start: index, end: index + match.length, text: '' });
    }
    for (const { index, 0: match } of pattern ? text.matchAll(pattern) : []) {
      const found = find(match);
      if (found !== undefined) rewrites.push({ start: index, end: index + match.length, text: found });
    }
    return rewrites.sort((a, b) => a.start - b.start);
  };
}
