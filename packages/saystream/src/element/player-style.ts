/**
 * The player's look, for a constructable style sheet, which no content-security policy refuses. All greys are made of the
 * page's own text colour, so that it fits on any page; the accent follows the page's `color-scheme`.
 */
export const playerStyle = `
:host {
  display: block;
  --_accent: var(--say-accent, light-dark(#0a6845, #66dba3));
  --_on-accent: var(--say-on-accent, light-dark(#fff, #04150c));
  --_error: var(--say-error, light-dark(#a3261a, #ff9d8e));
  --_muted: var(--say-muted, color-mix(in srgb, currentColor 72%, transparent));
  --_line: var(--say-line, color-mix(in srgb, currentColor 18%, transparent));
  --_rest: var(--say-rest, color-mix(in srgb, currentColor 34%, transparent));
}
:host([hidden]) { display: none; }
:host::highlight(say-stream) { background-color: var(--say-highlight, light-dark(#d2f0df, #14452f)); }
[part=text] { display: block; margin-block-end: .75rem; }
[part=player] {
  box-sizing: border-box;
  display: grid;
  grid-template-columns: auto minmax(0, 1fr) auto;
  gap: .375rem .875rem;
  align-items: center;
  max-inline-size: 40rem;
  padding: .75rem 1rem .75rem .75rem;
  border: 1px solid var(--_line);
  border-radius: var(--say-radius, .875rem);
  background: var(--say-surface, color-mix(in srgb, currentColor 4%, transparent));
  direction: ltr;
  font-size: .9375rem;
  line-height: 1.4;
}
[part=button] {
  grid-row: 1 / 3;
  inline-size: 3rem;
  block-size: 3rem;
  padding: 0;
  border: 0;
  border-radius: 50%;
  background: var(--_accent);
  color: var(--_on-accent);
  cursor: pointer;
}
[part=button]:hover { background: color-mix(in srgb, var(--_accent) 86%, currentColor); }
[part=button]:focus-visible, [part=track]:focus-within:has(:focus-visible) {
  outline: 3px solid var(--_accent);
  outline-offset: 3px;
}
[part=button] svg { display: block; margin: auto; inline-size: 1.5rem; block-size: 1.5rem; fill: currentColor; }
.waiting [part=button] { animation: wait 1.4s ease-in-out infinite; }
@keyframes wait { 50% { box-shadow: 0 0 0 .375rem color-mix(in srgb, var(--_accent) 28%, transparent); } }
[part=caption], [part=status] { grid-area: 1 / 2 / 2 / 4; overflow-wrap: anywhere; text-align: start; unicode-bidi: plaintext; }
[part=caption] { text-wrap: pretty; }
[part=status] { color: var(--_muted); }
.failed [part=status] { color: var(--_error); }
[part=status] strong { display: block; font-weight: 600; }
[part=status] span { color: var(--_muted); }
[part=estimate] { color: var(--_muted); }
[part=track] { position: relative; block-size: 2rem; border-radius: .25rem; }
[part=waveform] { position: absolute; inline-size: 100%; block-size: 100%; fill: none; stroke-linecap: round; stroke-width: 2.5px; }
[part=waveform] path { stroke: var(--_rest); vector-effect: non-scaling-stroke; }
[part=waveform] path:last-child { stroke: var(--_accent); }
[part=position] { position: absolute; inline-size: 100%; block-size: 100%; margin: 0; opacity: 0; cursor: pointer; }
[part=position]:disabled { cursor: default; }
[part=time] { color: var(--_muted); font-size: .8125rem; font-variant-numeric: tabular-nums; }
@media (prefers-reduced-motion: reduce) { .waiting [part=button] { animation: none; } }
@media (forced-colors: active) {
  :host { --_accent: Highlight; --_on-accent: HighlightText; --_error: CanvasText; --_muted: CanvasText; --_rest: GrayText; }
  [part=button] { forced-color-adjust: none; }
}
@media print { [part=player] { display: none; } }
`;
