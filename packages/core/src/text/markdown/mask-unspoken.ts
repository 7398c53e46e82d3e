/** A part of the source that the parser must not see. */
export interface Masked {
  readonly start: number;
  readonly end: number;
}

/** A source whose formulas are hidden behind {@link filler}, at the same places. */
export interface MaskedSource {
  readonly text: string;
  readonly formulas: readonly Masked[];
  /** Whether a formula has begun that may end later. */
  readonly isOpen: boolean;
}

/** A private character that stands for a character of a formula, or for a container beyond the deepest. */
export const filler = '\uE000';

const deepest = 16;
const manyContainers = /^[ \t]*(?:(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*){17,}/gm;
const container = />|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])/g;

/** Hides containers, such as `> > >`, that are nested deeper than anyone writes: parsers recurse into them. */
const limitDepth = (text: string): string =>
  text.replace(manyContainers, (prefix) => {
    let depth = 0;
    let from = prefix.length;
    for (const { index } of prefix.matchAll(container)) {
      depth += 1;
      if (depth === deepest + 1) from = index;
    }
    return prefix.slice(0, from) + filler.repeat(prefix.length - from);
  });

const opener = /\\[([]|\$\$?|\\[^]|(`+)/g;
const closers: Readonly<Record<string, string>> = { '\\(': '\\)', '\\[': '\\]', $$: '$$', $: '$' };

/** TeX has no empty lines in a formula, and a formula in single dollars has no blanks at its ends and no digit behind it. */
function endOfFormula(text: string, open: string, at: number): number | undefined {
  const from = at + open.length;
  const close = closers[open]!;
  const end = text.indexOf(close, from);
  if (end < 0) return undefined;
  const inside = text.slice(from, end);
  if (inside.trim() === '' || /\n[ \t]*\n/.test(inside)) return -1;
  if (open === '$' && (/^\s|\s$|\n/.test(inside) || /^[\d$]/.test(text.slice(end + 1)))) return -1;
  return end + close.length;
}

/** Whether `$` may begin a formula: before a digit it is money. */
const isDollarOpen = (text: string, at: number): boolean => /^\$[^\s\d$]/.test(text.slice(at, at + 2));

/** Finds formulas in `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, outside of code. */
function findFormulas(text: string) {
  const formulas: Masked[] = [];
  // A closer that was not found once is not looked for again, so that many openers cost linear time.
  const missing = new Map<string, number>();
  opener.lastIndex = 0;
  for (let match = opener.exec(text); match; match = opener.exec(text)) {
    const [open, ticks] = match;
    if (ticks) {
      if (missing.has(ticks)) continue;
      const rest = text.slice(opener.lastIndex);
      const close = rest.search(new RegExp(`(?<!\`)${ticks}(?!\`)`));
      if (close < 0) missing.set(ticks, match.index);
      else opener.lastIndex += close + ticks.length;
      continue;
    }
    if (!closers[open] || (open === '$' && !isDollarOpen(text, match.index))) continue;
    const end = missing.has(open) ? undefined : endOfFormula(text, open, match.index);
    if (end === undefined) missing.set(open, match.index);
    else if (end > 0) {
      formulas.push({ start: match.index, end });
      opener.lastIndex = end;
    }
  }
  // In single dollars a formula ends on its line, others before the next empty line.
  const lineStart = text.lastIndexOf('\n');
  const paragraphStart = Math.max(...[...text.matchAll(/\n[ \t]*\n/g)].map(({ index }) => index), -1);
  const isOpen = [...missing].some(([open, at]) => open in closers && at > (open === '$' ? lineStart : paragraphStart));
  return { formulas, isOpen };
}

/** Hides what Markdown does not know from its parser. The text keeps its length and its lines. */
export function maskUnspoken(source: string): MaskedSource {
  const { formulas, isOpen } = findFormulas(source);
  let text = '';
  let at = 0;
  for (const { start, end } of formulas) {
    text += source.slice(at, start) + source.slice(start, end).replace(/[^\n]/g, filler);
    at = end;
  }
  return { text: limitDepth(text + source.slice(at)), formulas, isOpen };
}
