/**
 * What the page and the audio thread say to each other. The number in the name is the version of these messages:
 * a stale `pcm-worklet.js` in some cache registers another name, and is then passed over instead of misunderstood.
 */
export const processorName = 'saystream-pcm-1';

/**
 * What the renderer is doing: `pausing` and `stopping` fade real samples out, `starving` fades the last sample out
 * because nothing followed it in time, `drained` has rendered the last sample of a source that ended.
 */
export type PcmPhase = 'buffering' | 'playing' | 'pausing' | 'paused' | 'starving' | 'stopping' | 'stopped' | 'drained';

export type PcmCommand = 'pause' | 'resume' | 'stop';

/** Page to audio thread. `samples` is transferred; `ended` says that nothing follows. */
export interface PcmRequest {
  readonly samples?: Float32Array;
  readonly ended?: boolean;
  readonly command?: PcmCommand;
}

/** Audio thread to page: at every change of phase, and every few blocks in between. */
export interface PcmStatus {
  readonly phase: PcmPhase;
  /** The context's frame at which this held. */
  readonly frame: number;
  /** Samples of the source rendered before that frame. */
  readonly samples: number;
  readonly underruns: number;
  readonly concealedSamples: number;
}

export interface PcmSettings {
  readonly prebufferSamples: number;
  readonly rampSamples: number;
}
