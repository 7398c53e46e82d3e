import { readPieces, type TextSource } from '../../stream/text-source.ts';
import { createMarkdownSpeaker } from './markdown-speaker.ts';
import { fillOptions, type SpeakableOptions } from './speakable-options.ts';
import type { Segment } from './segment-writer.ts';

export type { AnnouncedWords, SpeakableOptions, Unspoken } from './speakable-options.ts';
export type { Pronunciations } from './rewrite-words.ts';

/** Markdown: whole, or in pieces of any size. */
export type SpeakableSource = TextSource;

/** A place in the source: the index of its first character, and of the one behind its last, in UTF-16 code units. */
export interface SourceRange {
  /** The index of the first character. */
  readonly start: number;
  /** The index behind the last character. */
  readonly end: number;
}

/** Some of the spoken text, at least a sentence where the source has one, and its place in the source. */
export interface SpeakablePiece extends SourceRange {
  /** The text to speak. Never empty. */
  readonly text: string;
}

/** Spoken text that is made while the source comes. It can be read once: its strings, or its pieces. */
export interface SpeakableText extends AsyncIterable<string> {
  /** The same text as pieces that know their places. */
  pieces(): AsyncIterableIterator<SpeakablePiece>;
  /**
   * Returns the place in the source of some of the text that has been given, or undefined if it has not been given yet. It is
   * exact where the text stands in the source as it is spoken; else it is the place of the whole word, entity or block.
   *
   * @param start index of the first character in the joined text
   * @param end index behind the last one
   */
  sourceRangeOf(start: number, end: number): SourceRange | undefined;
}

/** Remembers which part of the source each part of the text comes from. */
function createSourceMap() {
  const segments: (Segment & { readonly at: number })[] = [];
  let length = 0;
  return {
    add(segment: Segment): void {
      segments.push({ ...segment, at: length });
      length += segment.text.length;
    },
    rangeOf(start: number, end: number): SourceRange | undefined {
      if (start < 0 || end <= start || end > length) return undefined;
      const touched = segments.filter(({ at, text }) => at < end && at + text.length > start);
      const ranges = touched.map(({ at, text, ...place }) => {
        if (text.length !== place.end - place.start) return place;
        const from = Math.max(0, start - at);
        return { start: place.start + from, end: place.start + Math.min(text.length, end - at) };
      });
      return { start: Math.min(...ranges.map((range) => range.start)), end: Math.max(...ranges.map((range) => range.end)) };
    },
  };
}

function pieceOf(segments: readonly Segment[]): SpeakablePiece {
  return {
    text: segments.map(({ text }) => text).join(''),
    start: Math.min(...segments.map(({ start }) => start)),
    end: Math.max(...segments.map(({ end }) => end)),
  };
}

/**
 * Turns Markdown into text that can be spoken, while it comes. A sentence is given as soon as its markup is closed, a block as
 * soon as it has ended. How the source is cut into pieces makes no difference. Emphasis, links and headings become their words,
 * items and cells of tables sentences, images their alternative text; see {@link SpeakableOptions} for code, formulas and emoji.
 * Every reference counts as defined, so `[words]` are spoken without brackets.
 *
 * @throws TypeError at once if an option has a wrong value; while it is read, if a piece of the source is not a string
 */
export function speakable(source: SpeakableSource, options: SpeakableOptions = {}): SpeakableText {
  const speaker = createMarkdownSpeaker(fillOptions(options));
  const map = createSourceMap();
  const reader = readPieces(typeof source === 'string' ? [source] : source);

  function* given(segments: Segment[]): Generator<SpeakablePiece> {
    for (const segment of segments) map.add(segment);
    if (segments.length > 0) yield pieceOf(segments);
  }
  async function* pieces(): AsyncGenerator<SpeakablePiece, undefined> {
    let isOver = false;
    try {
      while (!isOver) {
        const { done, value } = (await reader.next()) as IteratorResult<unknown>;
        isOver = done === true;
        if (isOver) yield* given(speaker.end());
        else if (typeof value !== 'string') throw new TypeError(`A piece of the Markdown is ${typeof value} and not a string.`);
        else for (const segments of speaker.push(value)) yield* given(segments);
      }
    } finally {
      if (!isOver) await stop();
    }
    return undefined;
  }
  async function stop(): Promise<void> {
    try {
      await reader.stop?.();
    } catch {
      // The caller's code. The reading has ended already, for a reason of its own.
    }
  }
  return {
    pieces,
    sourceRangeOf: map.rangeOf,
    async *[Symbol.asyncIterator]() {
      for await (const { text } of pieces()) yield text;
    },
  };
}
