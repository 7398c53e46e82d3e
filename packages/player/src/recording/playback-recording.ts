import type { PlaybackState } from '../player-state.ts';
import type { PcmPhase, PcmSettings, PcmSourceRequest } from '../pcm-messages.ts';

/** The format of {@link PlaybackRecording}, not of the library. */
export const recordingVersion = 1;

/** How a source stood at one moment, as the audio thread told the page. */
export interface RecordedStatus {
  /** Which of the recording's sources. */
  readonly source: number;
  /** What the audio thread was doing with it: `pausing`, `seeking`, `stopping` and `starving` are fades of 5 ms. */
  readonly phase: PcmPhase;
  /** The context's frame at which this held. */
  readonly frame: number;
  /** Where in the source the rendering was. */
  readonly samples: number;
  /** Samples of the source per frame. */
  readonly rate: number;
  /** Samples rendered, what was heard twice after a seek included. */
  readonly played: number;
  /** Samples that had arrived. */
  readonly received: number;
  /** Seeks done. */
  readonly seeks: number;
  /** How often the sound had run dry in the middle. */
  readonly underruns: number;
  /** Samples of silence that this put into the sound. */
  readonly concealedSamples: number;
}

/** What came out of the audio thread. Two replays that are alike have equal ones. */
export interface RecordedOutcome {
  /** Every status that differs from its source's last one in more than how far it has come. */
  readonly statuses: readonly RecordedStatus[];
  /** How many statuses there were in all. */
  readonly reports: number;
  /** A checksum (FNV-1a) of all of them, in their order. */
  readonly digest: number;
}

/** One source of a recording: those that were queued share one. */
export interface RecordedSource {
  /** The block before which it was there. */
  readonly block: number;
  /** What the page asked for, lengths in samples. `null` stands for infinity, which JSON has not. */
  readonly settings: { readonly [Name in keyof PcmSettings]: PcmSettings[Name] | null };
  /** By how many samples the time stretch jumped, one after the other; none at rate 1. */
  readonly jumps: readonly number[];
  /** The samples that arrived, as base64 of 32-bit floats, little-endian. Only when they were asked for. */
  readonly samples?: string;
}

/** A message to the audio thread without its samples: `samples` says how many they were, the rest is as it was sent. */
export type RecordedRequest = Omit<PcmSourceRequest, 'samples'> & {
  /** How many samples it brought. */
  readonly samples?: number;
};

/** Facts for whoever reads the recording; a replay needs none of them. */
export interface RecordingFacts {
  /** When it was taken, as an ISO date in UTC. */
  readonly recordedAt: string;
  /** The browser, in its own words. */
  readonly userAgent: string;
  /** The name and version of the messages between page and audio thread. */
  readonly messages: string;
  /** What the last playback was doing when the recording was taken. */
  readonly state: PlaybackState;
  /** Milliseconds between rendering and hearing. */
  readonly latencyMs: number;
  /** The last playback's report, if it had ended; of its error only the kind, as messages may tell more than they should. */
  readonly report?: Readonly<Record<string, string | number>>;
}

/**
 * All that went into the audio thread and what came out of it, as JSON: `JSON.parse(JSON.stringify(it))` is the same. It
 * holds no text, no key and no address, and the speech itself only when it was asked for.
 */
export interface PlaybackRecording {
  /** The version of this format: 1. */
  readonly version: number;
  /** For whoever reads it. */
  readonly facts: RecordingFacts;
  /** Of the sound, in Hz. */
  readonly sampleRate: number;
  /** Whether it ends before the playback did, because that was too long. What it holds replays exactly. */
  readonly isCut: boolean;
  /** Frames per block. */
  readonly blockFrames: number;
  /**
   * The audio thread's clock, in frames: where its first block was, and by how much and how many times it went on: `[128, 3]` are
   * three blocks that each began 128 frames after the one before.
   */
  readonly clock: {
    /** The context's frame at which the first block began. */
    readonly first: number;
    /** Steps from block to block, run-length coded. */
    readonly steps: readonly (readonly [frames: number, times: number])[];
  };
  /** One for each playback on the same node, in the order in which they sound. */
  readonly sources: readonly RecordedSource[];
  /** What arrived, in its order: the block before which it did, whose it was, and what it said. */
  readonly requests: readonly (readonly [block: number, source: number, request: RecordedRequest])[];
  /** What came of it. */
  readonly outcome: RecordedOutcome;
}
