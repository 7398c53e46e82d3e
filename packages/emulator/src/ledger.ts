import type { Clock } from './clock.ts';

/** One accepted generation: what the vendor would charge for. */
export interface LedgerEntry {
  /** Which vendor accepted it. */
  readonly vendor: 'audixa' | 'sauti' | 'moknah';
  /** The vendor's name for it. */
  readonly generationId: string;
  /** What was asked to be spoken. */
  readonly text: string;
  /** Characters of `text`: code points (inferred; the vendor's pages do not name the unit). */
  readonly characters: number;
  /** What Audixa charges: `ceil(max(30, characters) / 4)` (vendor docs, pricing). 0 for the others. */
  readonly tokens: number;
  /** What Moknah charges: 1 for each character, 2 with AI enhancement (vendor docs, rate limits). Absent for the others. */
  readonly credits?: number;
  /** The voice asked for. */
  readonly voiceId: string;
  /** The model asked for. */
  readonly model: string;
  /** How it was asked for. */
  readonly transport: 'http' | 'socket';
  /** When it was accepted, in epoch milliseconds with fractions. */
  readonly acceptedAtMs: number;
  /** Samples of the whole speech; 0 until it has been made. */
  samples: number;
  /** When the first audio frame was sent, in epoch milliseconds with fractions. Absent over HTTP. */
  firstFrameAtMs?: number;
  /** When the latest audio frame was sent, in epoch milliseconds with fractions. Absent over HTTP. */
  lastFrameAtMs?: number;
  /** How the stream ended, if it did. Absent over HTTP. */
  ended?: StreamEnd;
}

/**
 * How the emulator ended a stream: `completed`, a close with its code, a drop, an `error` frame without a close, or a
 * silence for ever. `client left` when the client ended it.
 */
export type StreamEnd = 'completed' | 'drop' | 'error' | 'stall' | 'client left' | `close ${number}`;

/** Epoch milliseconds with fractions, comparable between a page and a server on one machine. */
export const epochMs = (): number => performance.timeOrigin + performance.now();

/** Code points (inferred; no vendor's pages name the unit). */
export const charactersOf = (text: string): number => Array.from(text).length;

/** Tokens by Audixa's published formula. */
const tokensOf = (characters: number): number => Math.ceil(Math.max(30, characters) / 4);

/** Where accepted generations are written down. */
export interface Ledger {
  /** Oldest first. */
  readonly entries: readonly LedgerEntry[];
  /** Writes one down, at the time it is. */
  accept(entry: Omit<LedgerEntry, 'acceptedAtMs' | 'samples' | 'characters' | 'tokens'>): LedgerEntry;
}

/** Starts empty. */
export function createLedger(clock: Clock): Ledger {
  const entries: LedgerEntry[] = [];
  return {
    entries,
    accept(facts) {
      const characters = charactersOf(facts.text);
      const tokens = facts.vendor === 'audixa' ? tokensOf(characters) : 0;
      const entry: LedgerEntry = { ...facts, characters, tokens, acceptedAtMs: clock.now(), samples: 0 };
      entries.push(entry);
      return entry;
    },
  };
}
