/**
 * What the page and the audio thread say to each other. The number in the name is the version of these messages:
 * a stale `pcm-worklet.js` in some cache registers another name, and is then passed over instead of misunderstood.
 */
export const processorName = 'saystream-pcm-4';

/**
 * What the renderer is doing: `pausing`, `stopping` and `seeking` fade real samples out, `starving` fades the last sample
 * out because nothing followed it in time, `drained` has rendered the last sample of a source that ended.
 */
export type PcmPhase =
  | 'buffering'
  | 'playing'
  | 'pausing'
  | 'paused'
  | 'seeking'
  | 'starving'
  | 'stopping'
  | 'stopped'
  | 'drained';

export type PcmCommand = 'pause' | 'resume' | 'stop' | 'seek';

/** What is asked about one source. `samples` is transferred; `ended` says that nothing follows. Node has these types too. */
export interface PcmSourceRequest {
  readonly samples?: Float32Array;
  /** Where `samples` begin in the source. What is there already is dropped, so that two may deliver the same. */
  readonly at?: number;
  /** When the last of `samples` came to who sends them, in epoch ms. */
  readonly cameMs?: number;
  readonly ended?: boolean;
  readonly command?: PcmCommand;
  /** Where a `seek` goes, in samples of the source. */
  readonly to?: number | undefined;
  /** Samples of the source per frame from now on, 0.5 to 2. */
  readonly rate?: number;
}

/** Page or worker to audio thread, in lists. */
export interface PcmRequest extends PcmSourceRequest {
  /** Another thread's end of a channel: it sends such requests too. */
  readonly port?: MessagePort;
  /** What comes from `port` is another source, which sounds after this one and all that follow it already. */
  readonly next?: PcmSettings;
  /** The page has let the node go. */
  readonly over?: boolean;
}

/** Audio thread to page: at every change of phase, and every few blocks in between. */
export interface PcmStatus {
  readonly phase: PcmPhase;
  /** The context's frame at which this held. */
  readonly frame: number;
  /** Where in the source the rendering is: samples before that frame. */
  readonly samples: number;
  /** Samples of the source per frame. At another rate than 1 it goes from place to place in jumps of up to 30 ms. */
  readonly rate: number;
  /** Samples of the source rendered, whatever was heard twice after a seek included. */
  readonly played: number;
  /** Samples received, from whichever thread. */
  readonly received: number;
  /** Seeks done. Positions before and after one are not comparable. */
  readonly seeks: number;
  readonly underruns: number;
  readonly concealedSamples: number;
}

export interface PcmSettings {
  /** In Hz, of the source and of the context. */
  readonly sampleRate: number;
  /** Undefined when the start is to be chosen from the delivery. */
  readonly prebufferSamples: number | undefined;
  readonly rampSamples: number;
  /** Samples already heard that are kept for a seek back. */
  readonly keptSamples: number;
  /** Samples of the source per frame at first, 0.5 to 2. Default 1. */
  readonly rate?: number;
}
