import type { Billed, SpeechOutcome, SpeechStream, SpeechVerdict } from './speech-stream.ts';

/** One piece of a text: one request to the vendor. Positions and lengths count UTF-16 units, as `text.length` does. */
export interface SpokenPiece {
  /** Where the piece begins in the text. */
  readonly start: number;
  /** Where it ends: the start of the next piece. */
  readonly end: number;
  /** Samples that the vendor sent for it. */
  readonly samples: number;
  /** How it ended. */
  readonly verdict: SpeechVerdict;
  /** Whether the vendor charged for it. */
  readonly billed: Billed;
  /** The vendor's own name for the generation, when it told one. */
  readonly generationId?: string;
}

/** Characters of a text, in UTF-16 units as `text.length` counts them. */
export interface SpokenCharacters {
  /** Of the pieces whose requests were begun. One that is stopped while it connects is not sent. */
  readonly asked: number;
  /** Of these, the most that the vendor can have charged for: pieces with `billed` `yes` or `unknown`. */
  readonly accepted: number;
}

/**
 * The final account of a text. `billed` is `yes` when any piece is, else `unknown` when any piece is. `error.piece` is the index in
 * `pieces` of the piece that failed; it is absent when the text is one piece, or when its source failed.
 */
export interface SpokenTextOutcome extends SpeechOutcome {
  /** The pieces that were asked for, in the order of the text. Empty when nothing was sent. */
  readonly pieces: readonly SpokenPiece[];
  /** How many characters were sent to the vendor, and how many it accepted. */
  readonly characters: SpokenCharacters;
}

/**
 * A text that is spoken in pieces, as one stream.
 *
 * The next piece is asked for while less than `lookAheadMs` of audio waits to be read. Reading `outcome` before anything reads the
 * audio lifts this limit until something does: the text is then spoken to its end, and the audio is held in memory.
 */
export interface SpokenText extends SpeechStream {
  /** As `SpeechStream.outcome`, with the account of each piece. */
  readonly outcome: Promise<SpokenTextOutcome>;
  /**
   * The text that was read from its source and not spoken, from the start of the first piece that is not complete. A piece counts as
   * spoken once all of its audio has arrived; after a `cancel`, only if all of it had been read by then. Say it to go on.
   */
  readonly rest: string;
}
