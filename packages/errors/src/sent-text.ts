/** As many characters of the sent text in a row are an echo of it; fewer are words that any sentence may have. */
const longestChance = 16;

/** A shorter text is only struck out where it is all that was said: `text` or `speed` in a sentence is the vendor's. */
const shortest = 8;

/** Returns a function that strikes all parts of the sent text out of what a vendor said, in time linear in both. */
export function withoutText(sent = ''): (said: string) => string {
  const size = Math.min(sent.length, longestChance);
  // Servers quote a text as it is, or escaped.
  const forms = size < shortest ? '' : sent + JSON.stringify(sent);
  const runs = new Set<string>();
  for (let at = 0; at + size < forms.length; at += 1) runs.add(forms.slice(at, at + size));
  return (said) => {
    if (said.trim() === sent.trim()) return '';
    let kept = '';
    let end = 0;
    for (let at = 0; at < said.length; at += 1) {
      const isRun = runs.has(said.slice(at, at + size));
      if (at >= end) kept += isRun ? '***' : said[at];
      if (isRun) end = at + size;
    }
    return kept;
  };
}
