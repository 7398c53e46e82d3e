import type { Nodes, Parents, Table } from 'mdast';

import { htmlText } from './html-text.ts';
import {
  choose,
  createSegmentWriter,
  placeOf,
  withoutFillers,
  type Parsed,
  type Segment,
  type SegmentWriter,
} from './segment-writer.ts';
import type { FullOptions } from './speakable-options.ts';

interface Speaking {
  readonly writer: SegmentWriter;
  readonly options: FullOptions;
}

type NodeOf<Type extends Nodes['type']> = Extract<Nodes, { type: Type }>;
type Sayers = { readonly [Type in Nodes['type']]?: (node: NodeOf<Type>, parent: Parents, speaking: Speaking) => void };

const nothing = (): void => {};

function sayChildren(node: Parents, speaking: Speaking): void {
  for (const child of node.children) say(child, node, speaking);
}

function plainText(node: Nodes): string {
  if ('value' in node) return node.type === 'html' ? '' : node.value;
  if ('alt' in node) return node.alt ?? '';
  return 'children' in node ? node.children.map(plainText).join('') : '';
}

function sayTable(table: Table, speaking: Speaking): void {
  const { add, endBlock, prefix } = speaking.writer;
  const [head, ...rows] = table.children;
  const names = head!.children.map((cell) => withoutFillers(plainText(cell)));
  for (const row of rows) {
    row.children.forEach((cell, column) => {
      const { start } = placeOf(cell);
      if (start < prefix || !plainText(cell).trim()) return;
      if (names[column]) add(`${names[column]}: `, start, start);
      sayChildren(cell, speaking);
      endBlock(cell, '.', ' ');
    });
    const { end } = placeOf(row);
    add('\n', end, end);
  }
  const { end } = placeOf(table);
  add('\n', end, end);
}

const blockParents: ReadonlySet<string> = new Set(['root', 'listItem', 'blockquote', 'footnoteDefinition']);

/** How each kind of node is spoken; of others, their children are. */
const sayers: Sayers = {
  text: (node, _, { writer }) => writer.addText(node.value, node),
  break: (node, _, { writer }) => writer.add(' ', placeOf(node).start, placeOf(node).end),
  inlineCode(node, _, { writer, options: { inlineCode, words } }) {
    const { start, end } = placeOf(node);
    if (inlineCode === 'keep') writer.addCode(node.value, start, end);
    else writer.add(choose(inlineCode, '', words.inlineCode), start, end);
  },
  code(node, _, { writer, options: { codeBlocks, words } }) {
    const { start, end } = placeOf(node);
    if (codeBlocks === 'keep') writer.addCode(node.value, start, end);
    else if (start >= writer.prefix) writer.add(choose(codeBlocks, '', words.codeBlock), start, end);
    if (codeBlocks !== 'drop') writer.endBlock(node, '', '\n\n');
  },
  html(node, parent, { writer }) {
    const { start, end } = placeOf(node);
    if (!blockParents.has(parent.type)) return writer.add(/^<br\b/i.test(node.value) ? ' ' : '', start, end);
    const text = htmlText(node.value).replace(/\s+/g, ' ').trim();
    writer.add(text, start, end);
    if (text) writer.endBlock(node, '', '\n\n');
  },
  image: (node, _, { writer }) => writer.add(withoutFillers(node.alt ?? ''), placeOf(node).start, placeOf(node).end),
  imageReference: (node, _, { writer }) => writer.add(withoutFillers(node.alt ?? ''), placeOf(node).start, placeOf(node).end),
  table: (node, _, speaking) => sayTable(node, speaking),
  paragraph(node, parent, speaking) {
    sayChildren(node, speaking);
    const isItem = parent.type === 'listItem';
    speaking.writer.endBlock(node, isItem ? '.' : '', isItem ? '\n' : '\n\n');
  },
  heading(node, _, speaking) {
    sayChildren(node, speaking);
    speaking.writer.endBlock(node, '.', '\n\n');
  },
  listItem(node, _, speaking) {
    const { words, tasks } = speaking.options;
    const { start } = placeOf(node);
    if (tasks === 'announce' && typeof node.checked === 'boolean') {
      speaking.writer.add(`${node.checked ? words.done : words.open} `, start, start);
    }
    sayChildren(node, speaking);
  },
  list(node, _, speaking) {
    sayChildren(node, speaking);
    const { end } = placeOf(node);
    speaking.writer.add('\n', end, end);
  },
  definition: nothing,
  footnoteReference: nothing,
  thematicBreak: nothing,
  yaml: nothing,
};

function say(node: Nodes, parent: Parents, speaking: Speaking): void {
  const sayer = sayers[node.type] as ((node: Nodes, parent: Parents, speaking: Speaking) => void) | undefined;
  if (sayer) sayer(node, parent, speaking);
  else if ('children' in node) sayChildren(node, speaking);
}

/** Writes what is spoken of a parsed source. */
export function spokenText(parsed: Parsed, options: FullOptions): Segment[] {
  const writer = createSegmentWriter(parsed, options);
  sayChildren(parsed.root, { writer, options });
  return writer.segments;
}
