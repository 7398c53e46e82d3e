import type { LedgerEntry } from './ledger.ts';
import { plainKey } from './scenario-key.ts';
import type { ScenarioGroup } from './scenario-table.ts';

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
h3{margin:1.4rem 0 .5rem;font-size:.95rem}
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

const costOf = ({ vendor, tokens, credits, characters }: LedgerEntry): string => {
  if (vendor === 'audixa') return `${tokens} tokens`;
  return credits === undefined ? `${characters} characters` : `${credits} credits`;
};

function generation(entry: LedgerEntry): string {
  const { vendor, generationId, text, samples, ended, transport } = entry;
  const length = `${costOf(entry)}, ${(samples / 24_000).toFixed(1)} s`;
  return row(code(generationId), vendor, escape(text.slice(0, 80)), length, escape(ended ?? transport));
}

const table = (body: string): string => `<div class="card"><table>${body}</table></div>`;

function scenarioTables(groups: readonly ScenarioGroup[]): string {
  const rows = (group: ScenarioGroup) => group.rows.map(({ name, description }) => row(code(name), escape(description)));
  return groups
    .map(
      (group) =>
        `<h3>${escape(group.title)}</h3>${table(`${head('scenario', 'what happens')}<tbody>${rows(group).join('')}</tbody>`)}`,
    )
    .join('');
}

function endpoints(origin: string): string {
  const tests = ['scenarios', 'ledger', 'clock', 'followed', 'voice?text=Hello'];
  return [
    row('Audixa', code(`${origin}/v3`)),
    row('Audixa, socket', code(`${origin.replace('http', 'ws')}/v3/tts/stream?api_key=${plainKey}`)),
    row('SAUTI', code(`${origin}/v1`)),
    row('Moknah', code(`${origin}/api/v1`)),
    row('Key that behaves', code(plainKey)),
    row('Key of a scenario', code(`${plainKey}-<scenario>`)),
    row('For tests', tests.map((path) => `<a href="/emulator/${path}">${code(`/emulator/${path}`)}</a>`).join(' ')),
    row('Time', `${code('POST /emulator/clock?advance=<ms>')} moves it forward`),
  ].join('');
}

/** The page for people: where to connect, with which keys, and what was accepted so far. */
export function emulatorPage(origin: string, groups: readonly ScenarioGroup[], ledger: readonly LedgerEntry[]): string {
  const latest = ledger.slice(-mostGenerations).reverse();
  const heads = head('generation', 'vendor', 'text', 'cost and length', 'end');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>saystream emulator</title><style>${style}</style></head><body>
<h1><span>saystream</span> emulator</h1>
<p>The text-to-speech APIs of Audixa, SAUTI and Moknah on this machine. Nothing is paid, nothing leaves it, and the key decides what goes wrong.</p>
<h2>Where</h2>${table(`<tbody>${endpoints(origin)}</tbody>`)}
<h2>Scenarios</h2><p>Names are joined with ${code('~')}, and a later one overrides an earlier one: ${code(`${plainKey}-frames-3~drop-midway`)}. Every other key is a wrong key.</p>
${scenarioTables(groups)}
<h2>Accepted generations</h2><p>${ledger.length} so far${ledger.length > mostGenerations ? `, the latest ${mostGenerations} here` : ''}.</p>
${latest.length > 0 ? table(`${heads}<tbody>${latest.map(generation).join('')}</tbody>`) : ''}
</body></html>`;
}
