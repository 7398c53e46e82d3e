import type { LedgerEntry } from '../ledger.ts';
import { voiceRate } from '../resample.ts';
import { code, escapeHtml, table } from './html.ts';

/** A page need not show ten thousand. */
const mostGenerations = 20;
const mostCharacters = 80;

const vendorNames = { audixa: 'Audixa', sauti: 'SAUTI', moknah: 'Moknah' } as const;

function costOf({ vendor, tokens, credits = 0, characters }: LedgerEntry): string {
  if (vendor === 'audixa') return `${tokens} tokens`;
  return vendor === 'moknah' ? `${credits} credits` : `${characters} characters`;
}

const shortened = (text: string): string => (text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text);

function cellsOf(entry: LedgerEntry): readonly string[] {
  const { vendor, generationId, text, samples, ended, transport, acceptedAtMs } = entry;
  return [
    new Date(acceptedAtMs).toISOString().slice(11, 19),
    vendorNames[vendor],
    `<bdi>${escapeHtml(shortened(text))}</bdi>`,
    `${costOf(entry)}, ${(samples / voiceRate).toFixed(1)} s`,
    transport === 'http' ? 'HTTP' : `socket, ${ended ?? 'under way'}`,
    code(generationId),
  ];
}

/** What was accepted so far, the newest first. */
export function ledgerTable(ledger: readonly LedgerEntry[]): string {
  const latest = ledger.slice(-mostGenerations).toReversed();
  const shown = ledger.length > mostGenerations ? `, the latest ${mostGenerations} here` : '';
  const count = `<p>${ledger.length} accepted so far${shown}.</p>`;
  return latest.length === 0
    ? count
    : count + table(['at (UTC)', 'vendor', 'text', 'cost and length', 'how', 'generation'], latest.map(cellsOf));
}
