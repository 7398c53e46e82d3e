import type { PlaybackState } from './player-state.ts';
import type { PlaybackError } from './player-error.ts';

/** How a playback ended, and what was really heard. */
export interface PlaybackReport {
  /**
   * - `completed`: the source ended by itself and its last sample was heard
   * - `cancelled`: by `stop()`, another `play()`, `close()`, the `signal`, or because the source was cancelled elsewhere
   * - `truncated`: the source failed after some audio; all that had arrived was played, `error` says why no more came
   * - `failed`: nothing arrived, or it could not be played; `error` says why
   */
  readonly verdict: 'completed' | 'cancelled' | 'truncated' | 'failed';
  /** Milliseconds of the source that sounded; silence in gaps is not counted. */
  readonly heardMs: number;
  /** Milliseconds from `play()` to the first sample leaving the loudspeaker, by the output's own timestamp. Absent when nothing sounded. */
  readonly timeToSoundMs?: number;
  /** How often the sound ran dry in the middle. Waiting for the first sample, or for the end after the last, is none. */
  readonly underruns: number;
  /** Milliseconds of silence those underruns put between samples. */
  readonly concealedMs: number;
  /** Why it was `truncated` or `failed`; when `cancelled`, the error the source had ended with, if it had. */
  readonly error?: PlaybackError;
}

/**
 * One source being played. Events: `statechange` after every change of `state`; `blocked`, once, when the browser does
 * not let the page sound yet (it starts by itself at the listener's next click, tap or key, or at `unlock()`).
 */
export interface Playback extends EventTarget {
  /** What it is doing now. */
  readonly state: PlaybackState;
  /** Seconds of the source that have been heard, not merely rendered. Stands still in pauses and gaps. */
  readonly currentTime: number;
  /** Milliseconds of audio that have arrived and were not heard yet; 0 after the end. */
  readonly bufferedMs: number;
  /**
   * Settles exactly once and never rejects, when the last sample has been heard (`completed`, `truncated`) or the sound
   * has faded (`cancelled`).
   */
  readonly done: Promise<PlaybackReport>;
  /** Fades to silence within 5 ms and holds; the source goes on being drained. No sample is lost. No effect after the end. */
  pause(): void;
  /** Goes on with the very next sample, fading in. */
  resume(): void;
  /** Fades to silence, cancels the source and ends as `cancelled`. No effect after the end. */
  stop(): void;
}
