/**
 * The player's look, for a constructable style sheet, which no content-security policy refuses. All greys are made of the
 * page's own text colour, so that it fits on any page; the accent follows the page's `color-scheme`.
 */
export const playerStyle = `
:host {
  display: block;
  --a: var(--say-accent, light-dark(#0a6845, #66dba3));
  --b: var(--say-on-accent, light-dark(#fff, #04150c));
  --m: var(--say-muted, color-mix(in srgb, currentColor 72%, transparent));
  --r: var(--say-rest, color-mix(in srgb, currentColor 34%, transparent));
}
:host([hidden]) { display: none; }
:host::highlight(say-stream) { background: var(--say-highlight, light-dark(#d2f0df, #14452f)); }
slot { display: block; margin-bottom: 1rem; }
[part=player] {
  display: grid;
  grid: auto / auto 1fr auto;
  gap: .375rem .875rem;
  align-items: center;
  max-width: 40rem;
  padding: .75rem;
  border: 1px solid var(--r);
  border-radius: var(--say-radius, .875rem);
  background: var(--say-surface, color-mix(in srgb, currentColor 4%, transparent));
  direction: ltr;
  font-size: .9375rem;
}
button {
  grid-row: 1 / 3;
  width: 3rem;
  height: 3rem;
  padding: .75rem;
  border: 0;
  border-radius: 50%;
  background: var(--a);
  color: var(--b);
  cursor: pointer;
}
button path { fill: currentColor; }
:focus-visible, [part=track]:has(:focus-visible) { outline: 3px solid var(--a); outline-offset: 3px; }
@keyframes wait { 50% { box-shadow: 0 0 0 .375rem var(--r); } }
[part=caption], [part=status] { grid-area: 1 / 2 / auto / 4; overflow-wrap: anywhere; }
strong { display: block; color: var(--say-error, light-dark(#a3261a, #ff9d8e)); }
[part=estimate], [part=status], [part=time] { color: var(--m); }
.failed [part=status] { color: inherit; }
[part=track] { position: relative; height: 2rem; }
div > svg, input { position: absolute; width: 100%; height: 100%; margin: 0; }
input { opacity: 0; }
div > svg path { fill: none; stroke: var(--r); stroke-linecap: round; stroke-width: 2.5px; vector-effect: non-scaling-stroke; }
div path + path { stroke: var(--a); }
[part=caption] { max-height: 6lh; overflow: hidden; }
[part=time] { font-size: .8125rem; font-variant-numeric: tabular-nums; }
@media (prefers-reduced-motion: no-preference) { .waiting button, .buffering button { animation: wait 1.4s infinite; } }
@media (forced-colors: active) {
  :host { --a: Highlight; --b: HighlightText; --r: GrayText; }
  button { forced-color-adjust: none; }
}
@media print { [part=player] { display: none; } }
`;
