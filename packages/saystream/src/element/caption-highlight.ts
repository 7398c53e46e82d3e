const name = 'say-stream';

/** The range that is marked now; a page has one, as one speaker speaks. */
let marked: Range | undefined;

/** Marks a range in the page's own text without touching its nodes; `undefined` takes `mine` away if it is still the one. */
export function markSentence(range: Range | undefined, mine?: Range): void {
  if (!range && marked !== mine) return;
  marked = range;
  // An engine without highlights shows the caption alone.
  const highlights: HighlightRegistry | undefined = globalThis.CSS?.highlights;
  if (range) highlights?.set(name, new Highlight(range));
  else highlights?.delete(name);
}
