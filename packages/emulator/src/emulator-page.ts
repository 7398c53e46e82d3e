import type { LedgerEntry } from './ledger.ts';

const escape = (text: string): string => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
const row = (...cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const code = (text: string): string => `<code>${escape(text)}</code>`;

const style = `:root{color-scheme:light dark;--line:#8884}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}td{border-top:1px solid var(--line);padding:.4rem .6rem .4rem 0;vertical-align:top}
td:first-child{white-space:nowrap}code{font:.9em ui-monospace,monospace}@media(max-width:40rem){td:first-child{white-space:normal;word-break:break-word}}`;

/** The page for people: where to connect, with which keys, and what was accepted so far. */
export function emulatorPage(origin: string, key: string, scenarios: readonly { name: string; description: string }[], ledger: readonly LedgerEntry[]): string {
  const latest = ledger.slice(-20).reverse();
  const accepted = latest.map((entry) => row(code(entry.generationId), escape(entry.text.slice(0, 80)), `${entry.tokens} tokens`, escape(entry.ended ?? '')));
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>saystream emulator</title><style>${style}</style>
<h1>saystream emulator</h1>
<p>Audixa's text-to-speech API on this machine. Nothing is paid, nothing leaves it.</p>
<h2>Endpoints</h2><table>
${row('HTTP', code(`${origin}/v3`))}
${row('WebSocket', code(`${origin.replace('http', 'ws')}/v3/tts/stream?api_key=…`))}
${row('key', code(key))}
${row('key of a scenario', code(`${key}-<scenario>`))}
</table>
<h2>Scenarios</h2><p>Joined with <code>~</code>, for instance ${code(`${key}-frames-3~drop-midway`)}.</p>
<table>${scenarios.map(({ name, description }) => row(code(name), escape(description))).join('')}</table>
<h2>Accepted generations</h2><table>${accepted.join('') || row('none yet')}</table></html>`;
}
