/** The text of an element as it is to be spoken. */
export interface SpokenText {
  /** As it stands in the nodes, character by character, with a line break between blocks. */
  readonly raw: string;
  /** Without the white space of the markup: what is sent. Empty when there is nothing to say. */
  readonly said: string;
  /** The place of some of `raw` in the page. */
  rangeOf(start: number, end: number): Range;
}

/**
 * Elements whose text is not shown, or says again what is: fallback of replaced elements, values of controls, ruby readings,
 * the parts of a drawing that are never painted, and the source that KaTeX and MathJax keep beside a formula.
 */
const silent =
  '[hidden],[inert],[aria-hidden=true],script,style,template,noscript,audio,video,canvas,iframe,object,meter,progress,select,' +
  'datalist,textarea,rt,rp,title,desc,metadata,defs,symbol,annotation,annotation-xml';

/** Displays that do not part words: inline ones, parts of a formula, and '' where nothing is laid out. */
const inline = /^(?:inline|contents|ruby|$)|math/;

/** Elements that part words in every display. Chromium lays a label of a drawing out as a block, Firefox inline. */
const parting = /^(?:br|text)$/;

/** Of a closed `details` only the first summary is shown. */
const shownChildren = (parent: Element): Iterable<Node> =>
  parent.matches('details:not([open])') ? parent.querySelectorAll(':scope>summary:first-of-type') : parent.childNodes;

/**
 * Reads the text nodes of `root` that are shown. Words of two blocks never run together, those of one word in two tags do.
 * Whether `root` itself is shown does not matter: a button elsewhere in the page may speak it.
 */
export function spokenText(root: Element): SpokenText {
  const pieces: { readonly node: Text; readonly at: number }[] = [];
  const around = getComputedStyle(root);
  // Where the root is not laid out, the engine calls nothing in it visible.
  const isLaidOut = root.checkVisibility?.() ?? false;
  // Left out of the layout without a style that says so, as in a component whose shadow tree is closed.
  const isLeftOut = (node: Element, display: string): boolean => isLaidOut && display !== 'contents' && !node.checkVisibility();
  let raw = '';
  const read = (parent: Element, { visibility }: CSSStyleDeclaration): void => {
    // Children of a hidden element may be visible again, so only the text itself is left out.
    const isVisible = visibility === 'visible' || visibility === around.visibility;
    for (const node of shownChildren(parent)) {
      // The child of a component that has no slot for it is not shown.
      if (parent.shadowRoot && !(node as Text).assignedSlot) continue;
      if (node instanceof Text && isVisible) {
        pieces.push({ node, at: raw.length });
        raw += node.data.replace(/\s/g, ' ');
      }
      if (!(node instanceof Element) || node.matches(silent)) continue;
      const style = getComputedStyle(node);
      const { display } = style;
      if (display === 'none' || style.contentVisibility === 'hidden' || isLeftOut(node, display)) continue;
      const gap = inline.test(display) && !parting.test(node.localName) ? '' : '\n';
      raw += gap;
      read(node, style);
      raw += gap;
    }
  };
  read(root, around);
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
