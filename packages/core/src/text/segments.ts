/** The class, where the engine has it: Firefox has it from 125 on. */
const segmenter = (): typeof Intl.Segmenter | undefined => Intl.Segmenter;

/** Without `Intl.Segmenter`: flags, and characters with what joins them. */
const graphemes =
  /\r\n|(?:\p{Regional_Indicator}{2}|[^])(?:[\p{M}\p{Grapheme_Extend}\p{Emoji_Modifier}\u0E33\u0EB3]|\u200D\p{Extended_Pictographic}?)*/gu;

/** Returns the start of the grapheme, or of the word, that holds the character at `index`. Words need `Intl.Segmenter`: 0 without it. */
export function segmentStart(granularity: 'grapheme' | 'word', text: string, index: number): number {
  const Segmenter = segmenter();
  if (Segmenter) return new Segmenter(undefined, { granularity }).segment(text).containing(index)?.index ?? index;
  if (granularity === 'word') return 0;
  for (const match of text.matchAll(graphemes)) if (match.index + match[0].length > index) return match.index;
  return index;
}
