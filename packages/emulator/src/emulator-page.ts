import type { LedgerEntry } from './ledger.ts';
import { plainKey } from './scenario-key.ts';
import type { Scenario } from './scenario-list.ts';

const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
const code = (text: string): string => `<code>${escape(text)}</code>`;
const row = (...cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const head = (...cells: readonly string[]): string =>
  `<thead><tr>${cells.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead>`;

/** Newest first; a page need not show ten thousand. */
const mostGenerations = 20;

const style = `
:root{color-scheme:light dark;--paper:#f2f5ef;--card:#fcfdfb;--ink:#16201a;--muted:#526058;--line:#d3dcd2;--accent:#0a6845}
@media(prefers-color-scheme:dark){:root{--paper:#0c120f;--card:#131b16;--ink:#e4ece6;--muted:#9bada2;--line:#27332b;--accent:#66dba3}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:2.5rem 1rem 4rem;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
h1{margin:0;font-size:1.7rem;letter-spacing:-.01em}
h2{margin:2.5rem 0 .6rem;font-size:1.1rem}
p{margin:.3rem 0 .6rem;color:var(--muted);max-width:44rem}
code{font:.88em/1.5 ui-monospace,'Cascadia Mono','Noto Sans Mono',monospace;overflow-wrap:anywhere}
a,h1 span{color:var(--accent)}
.card{background:var(--card);border:1px solid var(--line);border-radius:6px;overflow:hidden}
table{border-collapse:collapse;width:100%}
th,td{padding:.5rem .9rem;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
tr:first-child>th,table>tbody:first-child>tr:first-child>td{border-top:0}
th{font-size:.8rem;font-weight:600;color:var(--muted)}
td:first-child{width:19rem}
@media(max-width:40rem){thead{display:none}tr{display:block;border-top:1px solid var(--line);padding:.5rem 0}td,td:first-child{display:block;width:auto;border:0;padding:.1rem .9rem}}`;

function generation({ generationId, text, tokens, samples, ended, transport }: LedgerEntry): string {
  const seconds = `${(samples / 24_000).toFixed(1)} s`;
  return row(code(generationId), escape(text.slice(0, 80)), `${tokens} tokens, ${seconds}`, escape(ended ?? transport));
}

/** The page for people: where to connect, with which keys, and what was accepted so far. */
export function emulatorPage(origin: string, scenarios: readonly Scenario[], ledger: readonly LedgerEntry[]): string {
  const latest = ledger.slice(-mostGenerations).reverse();
  const endpoints = [
    row('API', code(`${origin}/v3`)),
    row('Socket', code(`${origin.replace('http', 'ws')}/v3/tts/stream?api_key=${plainKey}`)),
    row('Key that behaves', code(plainKey)),
    row('Key of a scenario', code(`${plainKey}-<scenario>`)),
    row(
      'For tests',
      ['scenarios', 'ledger', 'voice?text=Hello']
        .map((path) => `<a href="/emulator/${path}">${code(`/emulator/${path}`)}</a>`)
        .join(' '),
    ),
  ];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>saystream emulator</title><style>${style}</style></head><body>
<h1><span>saystream</span> emulator</h1>
<p>Audixa’s text-to-speech API on this machine. Nothing is paid, nothing leaves it, and the key decides what goes wrong.</p>
<h2>Where</h2><div class="card"><table><tbody>${endpoints.join('')}</tbody></table></div>
<h2>Scenarios</h2><p>Names are joined with ${code('~')}, and a later one overrides an earlier one: ${code(`${plainKey}-frames-3~drop-midway`)}. Every other key is a wrong key.</p>
<div class="card"><table>${head('scenario', 'what happens')}<tbody>${scenarios.map(({ name, description }) => row(code(name), escape(description))).join('')}</tbody></table></div>
<h2>Accepted generations</h2><p>${ledger.length} so far${ledger.length > mostGenerations ? `, the latest ${mostGenerations} here` : ''}.</p>
${latest.length > 0 ? `<div class="card"><table>${head('generation', 'text', 'cost and length', 'end')}<tbody>${latest.map(generation).join('')}</tbody></table></div>` : ''}
</body></html>`;
}
