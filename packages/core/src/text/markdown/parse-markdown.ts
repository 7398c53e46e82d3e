import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import type { Extension, TokenizeContext } from 'micromark-util-types';

/** A list of definitions that holds every name: definitions come after what uses them, often at the end of the text. */
const everything = Object.assign([], { includes: () => true });

function defineEverything(this: TokenizeContext, _effects: unknown, _ok: unknown, nok: (code: null) => undefined) {
  Object.assign(this.parser, { defined: everything, gfmFootnotes: everything });
  return nok;
}

const definitions = { document: { null: { tokenize: defineEverything, name: 'defineEverything' } } } as unknown as Extension;

const extensions = [gfmTable(), gfmStrikethrough(), gfmFootnote(), gfmTaskListItem(), definitions];
const mdastExtensions = [
  gfmTableFromMarkdown(),
  gfmStrikethroughFromMarkdown(),
  gfmFootnoteFromMarkdown(),
  gfmTaskListItemFromMarkdown(),
];

/** Parses CommonMark with the tables, task lists, footnotes and strikethrough of GFM. Every reference counts as defined. */
export const parseMarkdown = (text: string): Root => fromMarkdown(text, { extensions, mdastExtensions });
