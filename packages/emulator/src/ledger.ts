/** One accepted generation: what the vendor would charge for. */
export interface LedgerEntry {
  /** Which vendor accepted it. */
  readonly vendor: 'audixa';
  /** The vendor's name for it. */
  readonly generationId: string;
  /** What was asked to be spoken. */
  readonly text: string;
  /** Characters of `text`. */
  readonly characters: number;
  /** What it costs: `ceil(max(30, characters) / 4)` (vendor docs, pricing). */
  readonly tokens: number;
  /** The voice asked for. */
  readonly voiceId: string;
  /** The model asked for. */
  readonly model: string;
  /** How it was asked for. */
  readonly transport: 'http' | 'socket';
  /** When it was accepted, in epoch milliseconds. */
  readonly acceptedAtMs: number;
  /** Samples of the whole speech; 0 until it has been made. */
  samples: number;
  /** When the first audio frame was sent, in epoch milliseconds. */
  firstFrameAtMs?: number;
  /** When the latest audio frame was sent, in epoch milliseconds. */
  lastFrameAtMs?: number;
  /** How the emulator ended the stream: `completed`, `close 1011`, `drop` … Absent while it goes on or stalls. */
  ended?: string;
}

/** Epoch milliseconds with fractions, comparable between a page and a server on one machine. */
export const epochMs = (): number => performance.timeOrigin + performance.now();

/** Tokens by the vendor's published formula. */
export const tokensOf = (characters: number): number => Math.ceil(Math.max(30, characters) / 4);
