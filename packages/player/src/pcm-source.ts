/** How the samples are to be read. Mono, 32-bit float, nominally in [-1, 1]. */
export interface PcmSourceFormat {
  /** Samples per second, in Hz. Browsers accept at least 8,000 to 96,000. */
  readonly sampleRate: number;
  /** Only mono is played. */
  readonly channels?: 1;
}

/**
 * Anything that can be played: a `SpeechStream` of the vendor clients, or any async iterable of samples that knows its
 * format. It is iterated once, and drained as fast as it delivers, so that a paused or slow player never stalls the network.
 */
export interface PcmSource extends AsyncIterable<Float32Array> {
  /** The format, or a promise of it. A source whose rate is known at once saves making a second AudioContext. */
  readonly format: PcmSourceFormat | PromiseLike<PcmSourceFormat>;
  /** Called once when the playback ends before the source does. */
  cancel?(reason?: unknown): void;
}
