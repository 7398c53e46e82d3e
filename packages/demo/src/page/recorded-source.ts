import type { SpeechStream } from 'saystream';

/** A stream that is played, and remembered meanwhile: a `SpeechStream` has one consumer. */
export interface RecordedSource extends AsyncIterable<Float32Array> {
  readonly format: SpeechStream['format'];
  readonly chunks: readonly Float32Array[];
  /** Samples taken so far. */
  readonly samples: number;
  cancel(reason?: unknown): void;
}

/** `onSamples` is told of each chunk and of how many samples came before it. */
export function recordSource(speech: SpeechStream, onSamples: (samples: Float32Array, offset: number) => void): RecordedSource {
  const chunks: Float32Array[] = [];
  let taken = 0;
  return {
    format: speech.format,
    chunks,
    get samples() {
      return taken;
    },
    cancel: (reason) => speech.cancel(reason),
    async *[Symbol.asyncIterator]() {
      for await (const samples of speech) {
        // The player hands its buffers over to the audio thread, so the memory keeps its own.
        const copy = samples.slice();
        chunks.push(copy);
        onSamples(copy, taken);
        taken += copy.length;
        yield samples;
      }
    },
  };
}
