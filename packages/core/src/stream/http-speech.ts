import { SpeechError } from '@saystream/errors';

import { startDeadline, type Deadline } from '../timing/deadline.ts';
import { createSpeechStream, type SpeechSink, type SpeechSource } from './create-speech-stream.ts';
import { failedSpeech } from './failed-speech.ts';
import { gatherText } from './gather-text.ts';
import { mostSamplesOf } from './most-samples.ts';
import type { TextReading } from './read-text.ts';
import type { SpeechStream } from './speech-stream.ts';
import type { TextSource } from './text-source.ts';

/** Where a vendor client puts the speech that it makes over HTTP. */
export interface HttpSpeechSink {
  /** Aborts when nobody wants the speech any more. */
  readonly signal: AbortSignal;
  /** For `HttpCall.onDoubt`: whether the speech may be paid for by now. */
  readonly onDoubt: (inDoubt: boolean) => void;
  /** The next samples, all of one rate. @throws SpeechError when they are more than the text can be */
  samples(samples: Float32Array, sampleRate: number): void;
}

/** How a vendor speaks over HTTP. */
export interface HttpSpeech {
  /** `sauti` or `moknah`. */
  readonly vendor: string;
  /** What to say; text in pieces is gathered first. */
  readonly text: TextSource;
  /** The longest wait for one piece of the text, in milliseconds. */
  readonly textMs: number;
  /** The whole of it, in milliseconds: the text, the waits and every request. */
  readonly totalMs: number;
  /** Speaks it, and returns when everything was delivered; throws a `SpeechError` when it was not. */
  readonly speak: (text: string, sink: HttpSpeechSink) => Promise<{ readonly generationId?: string | undefined }>;
}

/** The source of one request. Everything that can happen later is told to the sink, which takes the first ending. */
export function httpSource({ vendor, text, textMs, totalMs, speak }: HttpSpeech): SpeechSource {
  const ending = new AbortController();
  const { signal } = ending;
  let sink: SpeechSink;
  let gathering: TextReading | undefined;
  let total: Deadline;
  let inDoubt = false;
  let rate = 0;
  let mostSamples: number | undefined;

  /** What is still under way is dropped. */
  function end(error?: SpeechError, generationId = error?.generationId): void {
    total.cancel();
    sink.end({ error, billed: error?.billed ?? 'yes', generationId });
    gathering?.cancel();
    ending.abort(error);
  }
  const stop = (kind: 'aborted' | 'timeout', message: string, limit?: 'total') =>
    end(new SpeechError({ kind, vendor, billed: inDoubt ? 'unknown' : 'no', message, limit }));

  async function gathered(whole: string): Promise<void> {
    // Cancelled while the text was still being written.
    if (signal.aborted) return;
    mostSamples = mostSamplesOf(whole.length);
    try {
      const { generationId } = await speak(whole, {
        signal,
        onDoubt: (is) => void (inDoubt = is),
        samples(samples, sampleRate) {
          if (sampleRate !== rate) sink.format({ sampleRate, channels: 1 });
          rate = sampleRate;
          sink.samples(samples);
        },
      });
      end(undefined, generationId);
    } catch (thrown) {
      end(failedSpeech(vendor, thrown));
    }
  }

  return {
    vendor,
    get mostSamples() {
      return mostSamples;
    },
    start(given) {
      sink = given;
      total = startDeadline(totalMs, () => stop('timeout', `The total limit of ${totalMs} ms passed.`, 'total'));
      gathering = gatherText(text, { vendor, textMs, gathered: (whole) => void gathered(whole), failed: end });
    },
    cancel: () => stop('aborted', 'The speech was cancelled.'),
  };
}

/** A stream of speech that comes over HTTP. */
export const createHttpSpeech = (speech: HttpSpeech, signal?: AbortSignal): SpeechStream =>
  createSpeechStream(httpSource(speech), signal);
