import type { SpeechError } from '@saystream/errors';

/** The shape of decoded audio: linear PCM, one channel. */
export interface PcmFormat {
  /** Samples per second, in Hz. Audixa streams at 24,000. */
  readonly sampleRate: number;
  /** Always 1: every vendor speaks in mono. */
  readonly channels: 1;
}

/**
 * How a stream of speech ended.
 * - `completed`: the vendor said so and every sample was delivered
 * - `cancelled`: the caller stopped it
 * - `truncated`: some audio was delivered and the rest never came
 * - `failed`: no audio came at all
 */
export type SpeechVerdict = 'completed' | 'cancelled' | 'truncated' | 'failed';

/** Whether the vendor charged for the request, as far as the protocol lets anyone know. */
export type Billed = 'no' | 'unknown' | 'yes';

/** The final account of one stream of speech. */
export interface SpeechOutcome {
  /** How it ended. */
  readonly verdict: SpeechVerdict;
  /** Samples that arrived, whether or not they were read. */
  readonly samples: number;
  /** `samples` as time, in milliseconds. 0 when no audio came. */
  readonly durationMs: number;
  /** From the call to the first sample's arrival, in milliseconds. Absent when no audio came. */
  readonly firstAudioMs?: number;
  /** The vendor's own name for the generation, when it told one. */
  readonly generationId?: string;
  /** Where the vendor keeps the finished file, when it told. Treat it as a secret: it needs no key. */
  readonly audioUrl?: string;
  /**
   * Present when the connection broke and the rest was fetched from the finished file: `exact` when the join was
   * verified sample by sample, `approximate` when it could not be.
   */
  readonly recovered?: 'exact' | 'approximate';
  /** Whether the vendor charged for it. */
  readonly billed: Billed;
  /** Why it did not complete. Absent only when `verdict` is `completed`. */
  readonly error?: SpeechError;
}

/**
 * Speech that is still being made. It has one consumer: iterate it, read `readable`, call `toWav`, or give it to a
 * player. Iteration throws the `SpeechError` of `outcome` when the speech did not complete; audio that arrived before
 * that is delivered first.
 */
export interface SpeechStream extends AsyncIterable<Float32Array> {
  /** Settles when the first audio arrives. Rejects with the stream's `SpeechError` when none does; safe to ignore. */
  readonly format: Promise<PcmFormat>;
  /**
   * Settles exactly once and never rejects. `completed` waits until the consumer has taken the last sample; with no
   * consumer it settles when the last sample has arrived.
   */
  readonly outcome: Promise<SpeechOutcome>;
  /** The same samples as a web stream. Cancelling it cancels the speech. */
  readonly readable: ReadableStream<Float32Array>;
  /** Stops at once: nothing more is delivered and `outcome` becomes `cancelled`. Does nothing after an ending. */
  cancel(reason?: unknown): void;
  /** Reads everything into one 16-bit PCM WAV file. Rejects with the stream's `SpeechError` when it did not complete. */
  toWav(): Promise<Uint8Array>;
}
