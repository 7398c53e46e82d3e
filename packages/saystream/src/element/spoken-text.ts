/** The text of an element as it is to be spoken. */
export interface SpokenText {
  /** As it stands in the nodes, character by character, with a line break between blocks. */
  readonly raw: string;
  /** Without the white space of the markup: what is sent. Empty when there is nothing to say. */
  readonly said: string;
  /** The place of some of `raw` in the page. */
  rangeOf(start: number, end: number): Range;
}

/** Text that is no speech: `rt` says again what stands beneath it. */
const isSilent = '[hidden],noscript,rt,script,style';

/** Reads the text nodes of `root`. Words of two blocks never run together, those of one word in two tags do. */
export function spokenText(root: Element): SpokenText {
  const pieces: { readonly node: Text; readonly at: number }[] = [];
  let raw = '';
  const read = (parent: Element): void => {
    for (const node of parent.childNodes) {
      if (node instanceof Text) {
        pieces.push({ node, at: raw.length });
        raw += node.data.replace(/\s/g, ' ');
      }
      if (!(node instanceof Element) || node.matches(isSilent)) continue;
      const { display } = getComputedStyle(node); // empty in an element that is not in the page
      if (display === 'none') continue;
      const gap = /^(inline|contents|ruby|$)/.test(display) && node.localName !== 'br' ? '' : '\n';
      raw += gap;
      read(node);
      raw += gap;
    }
  };
  read(root);
  const said = raw
    .replace(/\xAD| (?=\s)/g, '') // hints where a word may be broken, which nobody hears, and all but one of the spaces
    .replace(/\n\s+/g, '\n')
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
