import { joining } from './split-sentences.ts';

/** Without `Intl.Segmenter`: flags, and characters with what joins them. */
const graphemes = new RegExp(String.raw`\r\n|(?:\p{RI}{2}|[^])(?:${joining}|(?<=\u200D)\p{ExtPict})*`, 'gu');

/** Returns the start of the grapheme that holds the character at `index`. */
function graphemeStart(text: string, index: number): number {
  for (const match of text.matchAll(graphemes)) if (match.index + match[0].length > index) return match.index;
  return index;
}

/**
 * Returns the start of the grapheme, or of the word, that holds the character at `index`. A word never starts inside a grapheme.
 * Words need `Intl.Segmenter`, which Firefox has from 125 on: 0 without it.
 */
export function segmentStart(granularity: 'grapheme' | 'word', text: string, index: number): number {
  const Segmenter: typeof Intl.Segmenter | undefined = Intl.Segmenter;
  if (!Segmenter) return granularity === 'word' ? 0 : graphemeStart(text, index);
  const start = new Segmenter(undefined, { granularity }).segment(text).containing(index)?.index ?? index;
  return granularity === 'word' ? segmentStart('grapheme', text, start) : start;
}
