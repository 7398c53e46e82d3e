import type { PlaybackRecording, RecordedOutcome } from './recording/playback-recording.ts';
import { replayInChain } from './recording/replay-in-chain.ts';

export type {
  PlaybackRecording,
  RecordedOutcome,
  RecordedRequest,
  RecordedSource,
  RecordedStatus,
  RecordingFacts,
} from './recording/playback-recording.ts';

/** What {@link replayRecording} gives. */
export interface PlaybackReplay {
  /** What came out this time: equal to the recording's `outcome` as long as the player does what it did then. */
  readonly outcome: RecordedOutcome;
  /**
   * What was rendered, before the volume, block after block: frames that the browser left out are left out here as well. Undefined
   * when the recording holds no samples.
   */
  readonly rendered?: Float32Array;
}

/**
 * Does again, in any runtime and at once, what the audio thread did during a recorded playback: the same messages before the
 * same blocks, by the same clock. Without samples in the recording it renders silence, and the time stretch goes where
 * it went then; with them it searches again.
 *
 * @param recording what `recording()` of `@saystream/player/recorder` gave, or the JSON of it, parsed
 * @throws RangeError when the recording is of a version that this package does not know
 */
export function replayRecording(recording: PlaybackRecording): PlaybackReplay {
  const { chain, rendered } = replayInChain(recording);
  return { outcome: chain.log.outcome, ...(rendered && { rendered }) };
}
