import type { PieceSizes } from '../text/piece-cutter.ts';
import type { SpeechSource } from './create-speech-stream.ts';
import type { TextSource } from './text-source.ts';

/** Most audio that is asked for before it is read, in milliseconds. */
export const usualLookAheadMs = 20_000;

/** How a vendor speaks a text in pieces. */
export interface PieceSpeech {
  /** Names the vendor in errors. */
  readonly vendor: string;
  /** The text to speak. */
  readonly text: TextSource;
  /** BCP 47 tag of the text; it decides where sentences end. Default: unknown. */
  readonly language?: string | undefined;
  /** The longest wait for the source of the text, in milliseconds. */
  readonly textMs: number;
  /** How long pieces may be. */
  readonly sizes: PieceSizes;
  /** A string of at most so many characters is one request, even if it could be cut. */
  readonly wholeCharacters: number;
  /** Requests under way at the same time. */
  readonly atOnce: number;
  /** Most audio, in milliseconds, that is asked for before it is read. Default 20,000. */
  readonly lookAheadMs?: number | undefined;
  /** Asks for the longest piece that is let through, such as by a relay. @throws SpeechError */
  readonly askMostCharacters?: ((signal: AbortSignal) => Promise<number>) | undefined;
  /** Makes the request of one piece. */
  readonly sourceOf: (text: string) => SpeechSource;
}
