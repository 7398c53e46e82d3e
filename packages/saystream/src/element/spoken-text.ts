/** The text of an element as it is to be spoken. */
export interface SpokenText {
  /** As it stands in the nodes, character by character, with a line break between blocks. */
  readonly raw: string;
  /** Without the white space of the markup: what is sent. Empty when there is nothing to say. */
  readonly said: string;
  /** The place of some of `raw` in the page. */
  rangeOf(start: number, end: number): Range;
}

const isSilent = 'script,style,template,[hidden]';

/** Reads the text nodes of `root`. Words of two blocks never run together, those of one word in two tags do. */
export function spokenText(root: Element): SpokenText {
  const pieces: { readonly node: Text; readonly at: number }[] = [];
  let raw = '';
  let blockBefore: Element | undefined;
  // Rejected elements are left out with all they hold, skipped ones are only no text themselves.
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT;
    return node.matches(isSilent) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const block = blockOf(node.parentElement!, root);
    if (blockBefore && block !== blockBefore) raw += '\n';
    blockBefore = block;
    pieces.push({ node, at: raw.length });
    raw += node.data.replace(/\s/g, ' ');
  }
  const said = raw
    .replace(/ *\n\s*/g, '\n')
    .replace(/ +/g, ' ')
    .trim();
  const rangeOf = (start: number, end: number): Range => {
    const range = document.createRange();
    for (const { node, at } of pieces) {
      // The page may have changed its text meanwhile.
      if (at <= start) range.setStart(node, Math.min(start - at, node.length));
      if (at < end) range.setEnd(node, Math.min(end - at, node.length));
    }
    return range;
  };
  return { raw, said, rangeOf };
}

function blockOf(element: Element, root: Element): Element {
  let block = element;
  while (block !== root && /^(inline|contents)/.test(getComputedStyle(block).display)) block = block.parentElement!;
  return block;
}
