import type { Nodes, Root, RootContent } from 'mdast';

import { maskUnspoken, type MaskedSource } from './mask-unspoken.ts';
import { parseMarkdown } from './parse-markdown.ts';

/** A parsed source of which the first part is finished: no text that follows can change it. */
export interface FinishedPart {
  readonly masked: MaskedSource;
  /** The finished blocks. */
  readonly root: Root;
  /** Where the first part ends. */
  readonly end: number;
  /** Put it before the rest of the source: the parser then continues the block that was cut. */
  readonly prefix: string;
}

/** Continues a paragraph: a letter, so that what follows never begins a block, and a blank, as before any word. */
const paragraphPrefix = 'a ';

const startOf = (node: Nodes): number => node.position!.start.offset!;
const endOf = (node: Nodes): number => node.position!.end.offset!;
const withChildren = (root: Root, children: RootContent[]): Root => ({ ...root, children });

/**
 * Characters that stand as text and may still become markup: a run that can open, a bracket, a tag, a code span. A run is tried
 * at its beginning alone: trying each of its characters takes quadratic time.
 */
const mayOpen =
  /(?<![\p{L}\p{N}_\\])_+(?=[^\s_])|(?<!\\)(?:(?<!(?<!\\)\*)\*+(?=[^\s*])|(?<!(?<!\\)~)~+(?=[^\s~])|\[|`|<(?=[a-zA-Z/!?]))/u;
const mayBeTable = /\|/;
const mayBeDefinition = /^\s*\[(?:[^\]\\]|\\[^])*\]:/;

/** Whether the last link has a destination that has not ended. */
function isInDestination(source: string): boolean {
  const at = source.lastIndexOf('](');
  return at >= 0 && !source.includes(')', at);
}

function isOpen(node: Nodes, source: string): boolean {
  if (node.type === 'text') return mayOpen.test(source.slice(startOf(node), endOf(node)));
  return 'children' in node && node.children.some((child) => isOpen(child, source));
}

/** The line starts of a block that must be repeated before what follows, if the block is cut. */
function prefixFor(block: RootContent | undefined, source: string): string {
  if (block?.type === 'paragraph') return paragraphPrefix;
  const lines = block ? source.slice(startOf(block), endOf(block)).split('\n') : [];
  if (block?.type === 'table') return `${lines.slice(0, 2).join('\n')}\n`;
  return block?.type === 'code' && /^(?:```|~~~)/.test(lines[0]!) ? `${lines[0]}\n` : '';
}

const emptyLine = /\n[ \t]*\n$/;

/** A heading ends with its line, a paragraph or a table with an empty one. */
const isFinished = ({ type }: RootContent, source: string): boolean =>
  type === 'heading' ? source.endsWith('\n') : (type === 'paragraph' || type === 'table') && emptyLine.test(source);

/** Cuts before the last block, and in a list before its last item, in a table before its last row. */
export function finishedBlocks(source: string): FinishedPart | undefined {
  const masked = maskUnspoken(source);
  if (masked.isOpen) return undefined;
  const root = parseMarkdown(masked.text);
  const blocks = root.children;
  const last = blocks.at(-1);
  if (!last) return undefined;
  const cut = (end: number, children: RootContent[], prefix = ''): FinishedPart => ({
    masked,
    root: withChildren(root, [...blocks.slice(0, -1), ...children]),
    end: source.lastIndexOf('\n', end - 1) + 1,
    prefix,
  });
  if (last.type === 'list' && last.children.length > 1) {
    return cut(startOf(last.children.at(-1)!), [{ ...last, children: last.children.slice(0, -1) }]);
  }
  if (last.type === 'table' && last.children.length > 2) {
    const rows = last.children.slice(0, -1);
    return cut(startOf(last.children.at(-1)!), [{ ...last, children: rows }], prefixFor(last, source));
  }
  if (isFinished(last, source)) return { masked, root, end: source.length, prefix: '' };
  return blocks.length > 1 ? cut(startOf(last), []) : undefined;
}

/** The whole source, if it is a paragraph whose markup is closed. It ends with the blank after a sentence. */
export function finishedSentence(source: string): FinishedPart | undefined {
  const masked = maskUnspoken(source);
  // A line with a pipe may be the head of a table, and a definition may go on.
  if (masked.isOpen || mayBeTable.test(source) || mayBeDefinition.test(source) || isInDestination(source)) return undefined;
  const root = parseMarkdown(masked.text);
  const [block] = root.children;
  if (root.children.length !== 1 || block?.type !== 'paragraph' || isOpen(block, masked.text)) return undefined;
  return { masked, root, end: source.length, prefix: paragraphPrefix };
}

/** The whole source as it stands, in a block that may go on. */
export function everythingSoFar(source: string): FinishedPart {
  const masked = maskUnspoken(source);
  const root = parseMarkdown(masked.text);
  return { masked, root, end: source.length, prefix: prefixFor(root.children.at(-1), source) };
}
