import { everythingSoFar, finishedBlocks, finishedSentence, type FinishedPart } from './finished-part.ts';
import { createRewriter } from './rewrite-words.ts';
import type { FullOptions } from './speakable-options.ts';
import { createBlankFilter, rewriteSegment } from './segment-filters.ts';
import type { Segment } from './segment-writer.ts';
import { spokenText } from './spoken-text.ts';

/** The most characters of one block that are kept. A longer block is spoken in parts: parsers take quadratic time. */
const longestBlock = 8_192;
/** After so many looks at a block that was not finished, each next look waits until the block has grown by a half. */
const freeLooks = 8;

const endOfSentence = /[.!?…:;。！？؟۔।]["'”’»)\]*_~`]*[ \t]$|[。！？]$/u;
const letter = /\p{L}/u;
const blank = /[ \t。！？]/;
const beginsBlock = /^\s*(?:[-+*>#|]|\d{1,9}[.)]|<|=+\s*$|$)/;
const fence = /^\s*(?:>\s*|[-+*]\s+|\d{1,9}[.)]\s+)*(`{3,}|~{3,})/;

/** Watches for lines at which a block may have ended. A wrong guess costs time only: the parser decides. */
function watchLines() {
  let openFence = '';
  let isAfterEmptyLine = false;
  return {
    isInFence: (): boolean => openFence !== '',
    end(line: string): boolean {
      const [, marks = ''] = fence.exec(line) ?? [];
      const closesFence = openFence !== '' && marks.startsWith(openFence) && line.trim() === marks;
      openFence = closesFence ? '' : openFence || marks;
      const isWorthALook = !openFence && (closesFence || isAfterEmptyLine || beginsBlock.test(line));
      isAfterEmptyLine = line === '';
      return isWorthALook;
    },
  };
}

/**
 * Turns Markdown into segments of spoken text while it comes. It looks at the text after each line and each sentence, at
 * places that the text alone decides, so the parts in which it comes make no difference.
 */
export function createMarkdownSpeaker(options: FullOptions) {
  const rewrite = createRewriter(options.pronunciations, options.language, options.emoji === 'drop');
  // The text that was received and not yet spoken. `offset` is its position in the source.
  let pending = '';
  let offset = 0;
  let prefix = '';
  let lineStart = 0;
  const lines = watchLines();
  let looks = 0;
  let nextLook = 0;
  const dropDoubleBlanks = createBlankFilter();

  function speak({ masked, root, end, prefix: next }: FinishedPart): Segment[] {
    const { length } = prefix;
    const source = prefix + pending;
    const place = (at: number): number => Math.max(0, at - length) + offset;
    const isCut = next !== '' && end === source.length;
    const spoken = spokenText({ root, source, formulas: masked.formulas, prefix: length, isCut }, options);
    const segments = spoken.map(({ text, start, end: to }) => ({ text, start: place(start), end: place(to) }));
    const used = Math.max(0, end - length);
    pending = pending.slice(used);
    offset += used;
    lineStart = Math.max(0, lineStart - used);
    prefix = next;
    looks = 0;
    nextLook = 0;
    return segments.flatMap((segment) => rewriteSegment(segment, rewrite(segment.text))).flatMap(dropDoubleBlanks);
  }

  function look(find: (source: string) => FinishedPart | undefined): Segment[] {
    if (looks >= freeLooks && pending.length < nextLook) return [];
    const part = find(prefix + pending);
    if (part && part.end > prefix.length) return speak(part);
    looks += 1;
    nextLook = pending.length * 1.5;
    return [];
  }

  function endLine(): Segment[] {
    const isWorthALook = lines.end(pending.slice(lineStart).trimEnd());
    lineStart = pending.length;
    return isWorthALook ? look(finishedBlocks) : [];
  }

  function read(character: string): Segment[] {
    pending += character;
    if (character === '\n') return endLine();
    if (pending.length >= longestBlock) return speak(everythingSoFar(prefix + pending));
    // A line without a letter, such as `1. `, may be the marker of an item.
    const mayEnd =
      !lines.isInFence() &&
      blank.test(character) &&
      endOfSentence.test(pending.slice(-12)) &&
      letter.test(pending.slice(lineStart));
    return mayEnd ? [...look(finishedBlocks), ...look(finishedSentence)] : [];
  }
  return {
    /** Returns the segments of each look that found something. */
    push: (text: string): Segment[][] =>
      text
        .split('')
        .map(read)
        .filter(({ length }) => length > 0),
    end: (): Segment[] => speak({ ...everythingSoFar(prefix + pending), prefix: '' }),
  };
}
