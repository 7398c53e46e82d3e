import { isSpeechError, SpeechError } from '@saystream/errors';

import { startDeadline, type Deadline } from '../timing/deadline.ts';
import { createSpeechStream, type SpeechSink, type SpeechSource } from './create-speech-stream.ts';
import { gatherText, type TextGathering } from './gather-text.ts';
import type { SpeechStream } from './speech-stream.ts';

/** Where a vendor client puts the speech that it makes over HTTP. */
export interface HttpSpeechSink {
  /** Aborts when nobody wants the speech any more. */
  readonly signal: AbortSignal;
  /** For `HttpCall.onDoubt`: whether the speech may be paid for by now. */
  readonly onDoubt: (inDoubt: boolean) => void;
  /** The next samples, all of one rate. */
  samples(samples: Float32Array, sampleRate: number): void;
}

/** How a vendor speaks over HTTP. */
export interface HttpSpeech {
  /** `sauti` or `moknah`. */
  readonly vendor: string;
  /** What to say; text in pieces is gathered first. */
  readonly text: string | AsyncIterable<string>;
  /** The whole of it, in milliseconds: the text, the waits and every request. */
  readonly totalMs: number;
  /** Speaks it, and returns when everything was delivered; throws a `SpeechError` when it was not. */
  readonly speak: (text: string, sink: HttpSpeechSink) => Promise<{ readonly generationId?: string | undefined }>;
}

/** Runs one `HttpSpeech`. Everything that can happen later is told to the sink, which takes the first ending. */
class HttpSpeechSource implements SpeechSource {
  readonly vendor: string;
  readonly #speech: HttpSpeech;
  readonly #abort = new AbortController();
  #gathering: TextGathering | undefined;
  #total: Deadline | undefined;
  #sink: SpeechSink | undefined;
  #inDoubt = false;
  #sampleRate = 0;

  constructor(speech: HttpSpeech) {
    this.vendor = speech.vendor;
    this.#speech = speech;
  }

  start(sink: SpeechSink): void {
    const { text, vendor, totalMs } = this.#speech;
    this.#sink = sink;
    this.#total = startDeadline(totalMs, () => this.#stop('timeout', `The total limit of ${totalMs} ms passed.`));
    this.#gathering = gatherText(text, {
      vendor,
      gathered: (gathered) => void this.#speak(gathered),
      failed: (error) => this.#end(error),
    });
  }

  cancel(): void {
    this.#stop('aborted', 'The speech was cancelled.');
  }

  #stop(kind: 'aborted' | 'timeout', message: string): void {
    const billed = this.#inDoubt ? 'unknown' : 'no';
    const limit = kind === 'timeout' ? 'total' : undefined;
    this.#end(new SpeechError({ kind, vendor: this.vendor, billed, message, limit }));
  }

  /** The sink takes the first ending; what is still under way is dropped. */
  #end(error?: SpeechError, generationId = error?.generationId): void {
    this.#total?.cancel();
    this.#gathering?.cancel();
    this.#sink?.end({ error, billed: error?.billed ?? 'yes', generationId });
    this.#abort.abort(error);
  }

  async #speak(text: string): Promise<void> {
    const { vendor, speak } = this.#speech;
    const { signal } = this.#abort;
    // Cancelled while the text was still being written.
    if (signal.aborted) return;
    try {
      const onDoubt = (inDoubt: boolean) => void (this.#inDoubt = inDoubt);
      const { generationId } = await speak(text, { signal, onDoubt, samples: (...each) => this.#deliver(...each) });
      this.#end(undefined, generationId);
    } catch (thrown) {
      const message = 'The speech failed unexpectedly.';
      const error = isSpeechError(thrown) ? thrown : new SpeechError({ kind: 'unknown', vendor, message });
      this.#end(error);
    }
  }

  #deliver(samples: Float32Array, sampleRate: number): void {
    if (sampleRate !== this.#sampleRate) this.#sink?.format({ sampleRate, channels: 1 });
    this.#sampleRate = sampleRate;
    this.#sink?.samples(samples);
  }
}

/** A stream of speech that comes over HTTP. */
export const createHttpSpeech = (speech: HttpSpeech, signal?: AbortSignal): SpeechStream =>
  createSpeechStream(new HttpSpeechSource(speech), signal);
