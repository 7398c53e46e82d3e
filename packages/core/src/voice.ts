import type { SpeechStream } from './stream/speech-stream.ts';
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

/** One voice of one vendor with its settings fixed, so that anything that speaks can be given a `Voice`. */
export interface Voice {
  /** `audixa`, `sauti` or `moknah`. */
  readonly vendor: string;
  /** What the vendor documents for one request. */
  readonly limits: VoiceLimits;
  /**
   * Speaks the text. A text in pieces (an LLM's tokens, a web stream of strings) is gathered first where the vendor wants the text whole.
   *
   * @throws TypeError when a text given as a string is empty
   */
  say(text: TextSource, options?: SayOptions): SpeechStream;
}
