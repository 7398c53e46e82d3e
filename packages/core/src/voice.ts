import type { SpokenText } from './stream/spoken-text.ts';
import type { TextSource } from './stream/text-source.ts';

/** What a vendor allows in one request. The vendor's plan may allow less. */
export interface VoiceLimits {
  /** Fewest characters of text. */
  readonly minCharacters: number;
  /** Most characters of text; longer ones are the vendor's to refuse. */
  readonly maxCharacters: number;
}

/** Options of one utterance. */
export interface SayOptions {
  /** Aborting it cancels the speech. */
  readonly signal?: AbortSignal;
}

/** Options of one utterance of a voice. */
export interface VoiceSayOptions extends SayOptions {
  /** BCP 47 tag of the text, such as `sw`; it decides where sentences end. Default: the language of the voice. */
  readonly language?: string;
  /**
   * Most audio, in milliseconds, that is asked for before it is read. 0: the next piece is asked for when all before it was read.
   * Default 20,000.
   */
  readonly lookAheadMs?: number;
}

/** One voice of one vendor with its settings fixed, so that anything that speaks can be given a `Voice`. */
export interface Voice {
  /** `audixa`, `sauti` or `moknah`. */
  readonly vendor: string;
  /** What the vendor documents for one request. */
  readonly limits: VoiceLimits;
  /**
   * Speaks a text of any length, also while it is being written: a string, or an iterable, async iterable or web stream of strings,
   * such as the tokens of a language model. It is cut at ends of sentences into pieces that the vendor takes, and heard as one stream.
   *
   * A piece that fails for good ends the speech; the audio before it is delivered. Stopping early costs what was read, what was ahead
   * of it, and at most one piece more. `timeouts.totalMs` limits each piece.
   *
   * @throws TypeError when a text given as a string is empty, and for a wrong option
   */
  say(text: TextSource, options?: VoiceSayOptions): SpokenText;
}
