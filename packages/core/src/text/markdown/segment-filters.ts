import type { Rewrite } from './rewrite-words.ts';
import type { Segment } from './segment-writer.ts';

/** Puts what is said in the place of the words of a segment. The rewritten words keep their places. */
export function rewriteSegment({ text, start, end }: Segment, rewrites: readonly Rewrite[]): Segment[] {
  const isExact = text.length === end - start;
  const segments: Segment[] = [];
  let from = 0;
  const add = (said: string, first: number, last: number): void => {
    segments.push({ text: said, start: isExact ? start + first : start, end: isExact ? start + last : end });
  };
  for (const rewrite of rewrites) {
    if (rewrite.start < from) continue;
    add(text.slice(from, rewrite.start), from, rewrite.start);
    add(rewrite.text, rewrite.start, rewrite.end);
    from = rewrite.end;
  }
  add(text.slice(from), from, text.length);
  return segments;
}

/** Builds the filter that drops the second of two blanks, which stay where something was left out between them. */
export function createBlankFilter() {
  let isAfterBlank = true;
  return ({ text, start, end }: Segment): Segment[] => {
    const isGap = /^\n+$/.test(text);
    const cut = isAfterBlank && !isGap ? text.length - text.trimStart().length : 0;
    if (cut === text.length) return [];
    isAfterBlank = /\s$/.test(text);
    return [{ text: text.slice(cut), start: text.length === end - start ? start + cut : start, end }];
  };
}
