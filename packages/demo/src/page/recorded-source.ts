import type { SpeechStream } from 'saystream';

/** A stream that is played, and remembered meanwhile: a `SpeechStream` has one consumer. */
export interface RecordedSource extends AsyncIterable<Float32Array> {
  readonly format: SpeechStream['format'];
  readonly chunks: readonly Float32Array[];
  /** Samples per second; 0 until the first chunk. */
  readonly sampleRate: number;
  /** Seconds taken so far. */
  readonly seconds: number;
  cancel(reason?: unknown): void;
}

/** Samples that were taken. */
export interface RecordedSamples {
  readonly samples: Float32Array;
  /** How many came before them. */
  readonly offset: number;
  readonly sampleRate: number;
}

/** `onSamples` is told of each chunk. */
export function recordSource(speech: SpeechStream, onSamples: (recorded: RecordedSamples) => void): RecordedSource {
  const chunks: Float32Array[] = [];
  let taken = 0;
  let sampleRate = 0;
  return {
    format: speech.format,
    chunks,
    get sampleRate() {
      return sampleRate;
    },
    get seconds() {
      return sampleRate && taken / sampleRate;
    },
    cancel: (reason) => speech.cancel(reason),
    async *[Symbol.asyncIterator]() {
      for await (const samples of speech) {
        sampleRate ||= (await speech.format).sampleRate;
        // The player hands its buffers over to the audio thread, so the memory keeps its own.
        const copy = samples.slice();
        chunks.push(copy);
        onSamples({ samples: copy, offset: taken, sampleRate });
        taken += copy.length;
        yield samples;
      }
    },
  };
}
