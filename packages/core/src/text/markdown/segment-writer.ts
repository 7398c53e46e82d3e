import type { Nodes, Root } from 'mdast';

import { filler, type Masked } from './mask-unspoken.ts';
import type { FullOptions, Unspoken } from './speakable-options.ts';

/** Text that is spoken, and its place in the parsed source. Where the lengths are equal, each character has its own place. */
export interface Segment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The parsed source. */
export interface Parsed {
  readonly root: Root;
  /** The original, without fillers. */
  readonly source: string;
  /** The parts of the source that fillers replace. */
  readonly formulas: readonly Masked[];
  /** The length of what was put before the source to continue a block. */
  readonly prefix: number;
  /** Whether the last block may go on. */
  readonly isCut: boolean;
}

const endsSentence = /[.!?…:;。！？：；،؟۔।][)\]}"'”’»›」』]*\s*$/u;
const fillers = new RegExp(`${filler}(?:[${filler}\n]*${filler})?`, 'g');
const dollars = /^(?:\$\$?|\\[([])|(?:\$\$?|\\[)\]])$/g;

export const placeOf = (node: Nodes) => ({ start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 });
export const withoutFillers = (text: string): string => text.replaceAll(filler, '');
/** Returns what is spoken under an option: nothing, the content or the word. */
export const choose = (choice: Unspoken, kept: string, word: string): string =>
  choice === 'keep' ? kept : choice === 'drop' ? '' : word;

export type SegmentWriter = ReturnType<typeof createSegmentWriter>;

/** Collects the segments of a parsed source. */
export function createSegmentWriter({ root, source, formulas, prefix, isCut }: Parsed, { math, words }: FullOptions) {
  const segments: Segment[] = [];
  // The end of the block that is being written.
  let block = '';

  function add(text: string, start: number, end: number): void {
    if (!text || end < prefix) return;
    segments.push({ text, start, end });
    block = (block + text).slice(-32);
  }
  const formulaIn = (start: number, end: number): Masked | undefined =>
    formulas.find((formula) => formula.start >= start && formula.end <= end);

  function addPlain(text: string, isExact: boolean, start: number, end: number): void {
    // The continuation of a paragraph is never escaped, so its prefix is as long in the text as in the source.
    const cut = Math.max(0, prefix - start);
    add(text.replace(/[\n\r\t]/g, ' ').slice(cut), start + cut, isExact ? start + text.length : end);
  }
  /** Adds the value of a text node, with what is said for formulas. */
  function addText(value: string, node: Nodes): void {
    const { start, end } = placeOf(node);
    const isExact = value.length === end - start;
    let at = 0;
    let from = start;
    for (const { index, 0: hidden } of value.matchAll(fillers)) {
      addPlain(value.slice(at, index), isExact, isExact ? start + at : start, end);
      at = index + hidden.length;
      const formula = formulaIn(from, end);
      if (!formula) continue;
      from = formula.end;
      const tex = source.slice(formula.start, formula.end).replace(dollars, '');
      add(choose(math, tex, words.math), formula.start, formula.end);
    }
    addPlain(value.slice(at), isExact, isExact || at === 0 ? start + at : Math.max(start, prefix), end);
  }
  /** Adds code, whose fillers are the source's own characters. */
  function addCode(value: string, start: number, end: number): void {
    let from = start;
    const text = value.replace(fillers, () => {
      const formula = formulaIn(from, end);
      from = formula?.end ?? from;
      return formula ? source.slice(formula.start, formula.end) : '';
    });
    add(text, start, end);
  }
  /** Ends a block, and with `stop` the sentence that its author did not end, as of a heading or an item. */
  function endBlock(node: Nodes, stop: string, gap: string): void {
    const { end } = placeOf(node);
    if (isCut && node === root.children.at(-1)) {
      return add(/\s$/.test(source) ? source.at(-1)! : '', source.length - 1, source.length);
    }
    add((stop && block.trim() && !endsSentence.test(block) ? stop : '') + gap, end, end);
    block = '';
  }
  return { segments, prefix, add, addText, addCode, endBlock };
}
