/** As many characters of the sent text in a row are an echo of it; fewer are words that any sentence may have. */
const longestChance = 16;

/** A shorter text is only struck out where it is all that was said: `text` or `speed` in a sentence is the vendor's. */
const shortest = 8;

/** Returns a function that strikes all parts of the sent text out of what a vendor said, in time linear in both. */
export function withoutText(sent = ''): (said: string) => string {
  const size = Math.min(sent.length, longestChance);
  const runs = new Set<string>();
  // Servers quote a text as it is, or escaped.
  for (const form of size >= shortest ? [sent, JSON.stringify(sent).slice(1, -1)] : [])
    for (let at = 0; at + size <= form.length; at += 1) runs.add(form.slice(at, at + size));
  return (said) => {
    if (said.trim() === sent.trim()) return '';
    let kept = '';
    for (let at = 0; at < said.length;) {
      let end = at;
      while (runs.has(said.slice(end, end + size))) end += 1;
      kept += end > at ? '***' : said[at];
      at = end > at ? end + size - 1 : at + 1;
    }
    return kept;
  };
}
