import type { LedgerEntry } from '../ledger.ts';
import { keyOfScenario } from '../scenario-key.ts';
import type { ScenarioGroup } from '../scenario-table.ts';
import { code, copied, escapeHtml, table } from './html.ts';
import { ledgerTable } from './ledger-table.ts';
import { pageStyle } from './page-style.ts';
import { vendorCards, type VendorCard } from './vendor-cards.ts';

/** The page runs its own script and nothing that a text says. */
export const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'";

function card({ name, addresses, key, curl, result }: VendorCard): string {
  const facts = [...addresses, ['Key', key] as const];
  return `<article class="card vendor"><h3>${name}</h3>
<dl>${facts.map(([term, text]) => `<div><dt>${term}</dt><dd>${copied(text)}</dd></div>`).join('')}</dl>
<button type="button" class="copy shell" data-copy>${code(curl)}</button><p>${escapeHtml(result)}</p></article>`;
}

/** Milliseconds that the buttons of the clock add. */
const steps: readonly (readonly [name: string, ms: number])[] = [
  ['+10 s', 10_000],
  ['+1 minute', 60_000],
  ['+1 hour', 3_600_000],
  ['+1 day', 86_400_000],
  ['+7 days', 604_800_000],
];

const clock = `<div class="card clock"><time></time><output></output><div class="steps">${steps
  .map(([name, ms]) => `<button type="button" data-advance="${ms}">${name}</button>`)
  .join('')}</div></div>`;

/** Values of the filter, and how the titles of their groups begin. */
const vendors: readonly (readonly [value: string, label: string])[] = [
  ['', 'All'],
  ['any', 'Any'],
  ['audixa', 'Audixa'],
  ['sauti', 'SAUTI'],
  ['moknah', 'Moknah'],
];
const vendorOf = (title: string): string =>
  vendors.find(([value, label]) => value !== '' && title.startsWith(label))?.[0] ?? 'any';

const finder = `<form class="finder" role="search"><input type="search" id="find" placeholder="Search" aria-label="Search the scenarios" autocomplete="off">
<fieldset class="chips" aria-label="Vendor">${vendors
  .map(
    ([value, label]) =>
      `<label><input type="radio" name="vendor" value="${value}"${value === '' ? ' checked' : ''}>${label}</label>`,
  )
  .join('')}</fieldset></form>`;

function group({ title, rows }: ScenarioGroup): string {
  const cells = rows.map(({ name, description, example }) => [
    code(name),
    escapeHtml(description),
    copied(keyOfScenario(example)),
  ]);
  return `<section class="group" data-vendor="${vendorOf(title)}"><h3>${escapeHtml(title)}</h3>${table(['scenario', 'what happens', 'a key of it'], cells)}</section>`;
}

const links = ['scenarios', 'ledger', 'clock', 'followed', 'voice?text=Hello'];

/** The page for people: where to connect, with which keys, what time it is there, and what was accepted so far. */
export function emulatorPage(origin: string, groups: readonly ScenarioGroup[], ledger: readonly LedgerEntry[]): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>saystream emulator</title><link rel="icon" href="data:,"><style>${pageStyle}</style><script src="/emulator/page.js" defer></script></head><body>
<header><h1><span>saystream</span> emulator</h1>
<p>The text-to-speech APIs of Audixa, SAUTI and Moknah on this machine. Nothing is paid, nothing leaves it, and the key decides what goes wrong.</p></header>
<main><h2>Vendors</h2><p>What looks <span class="hint">like this</span>, and a command, is copied by a click. The commands work as they are.</p><div class="vendors">${vendorCards(origin).map(card).join('')}</div>
<h2>Clock</h2><p>Jobs finish, minutes pass and files expire by it. It can be moved forward, and never back: ${code('POST /emulator/clock?advance=<ms>')} does the same.</p>${clock}
<h2>Accepted generations</h2><div id="ledger" aria-live="off">${ledgerTable(ledger)}</div>
<h2>Scenarios</h2><p>The key of a scenario is ${code('emulated-<scenario>')}. Names are joined with ${code('~')}, and a later one overrides an earlier one: ${code('emulated-frames-3~drop-midway')}. Every other key is a wrong key.</p>
${finder}${groups.map(group).join('')}<p id="nothing" hidden>No scenario says that.</p></main>
<footer><span>For tests:</span>${links.map((path) => `<a href="/emulator/${path}">${code(`/emulator/${path}`)}</a>`).join(' ')}</footer>
</body></html>`;
}
