/** Takes what a decoder makes of the bytes. */
export interface SampleSink {
  /** Called once, before the first samples. */
  onRate(sampleRate: number): void;
  /** Mono samples, nominally in [-1, 1]. */
  onSamples(samples: Float32Array): void;
}

/** Decodes a stream while it arrives. What it throws or rejects with ends the stream. */
export interface StreamDecoder {
  push(bytes: Uint8Array): void | Promise<void>;
  /** The stream is over: gives the rest, and throws `truncated` when the stream promised more. */
  end(): void | Promise<void>;
  /** Frees what the decoder holds; called once, however it ended. */
  close?(): void;
}
