import type { PlaybackState } from './player-state.ts';
import type { PlaybackError } from './player-error.ts';

/** How a playback ended, and what was really heard. */
export interface PlaybackReport {
  /**
   * - `completed`: the source ended by itself and its last sample was heard
   * - `cancelled`: by `stop()`, another `play()`, `close()`, the `signal`, or because the source was cancelled elsewhere
   * - `truncated`: the source failed after some audio; all that had arrived was played, `error` says why no more came
   * - `failed`: nothing arrived, or it could not be played, or the output was lost in the middle; `error` says why
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
  /** Milliseconds the listener waited for audio after the first sound, paused or not: `concealedMs` and a wait that nothing followed. */
  readonly rebufferMs: number;
  /** Milliseconds between rendering and hearing, as the output stated them last; 0 where it states none. */
  readonly latencyMs: number;
  /** Why it was `truncated` or `failed`; when `cancelled`, the error the source had ended with, if it had. */
  readonly error?: PlaybackError;
}

/** How a playback stands now. All but the counts in milliseconds. */
export interface PlaybackStats {
  /** Audio that has arrived and was not heard yet. */
  readonly bufferedMs: number;
  /** Audio that has arrived at all. */
  readonly receivedMs: number;
  /** Between rendering and hearing. */
  readonly latencyMs: number;
  /** How often the sound ran dry in the middle. */
  readonly underruns: number;
  /** Silence those underruns put between samples. */
  readonly concealedMs: number;
  /** Time spent waiting for audio after the first sound. */
  readonly rebufferMs: number;
}

/**
 * One source being played. Events: `underrun` when the sound comes back after it ran dry; `statechange` after every change of `state`; `blocked`, once, when the browser does
 * not let the page sound yet (it starts by itself at the listener's next click, tap or key, or at `unlock()`).
 */
export interface Playback extends EventTarget {
  /** What it is doing now. */
  readonly state: PlaybackState;
  /** How far the source has been heard, not merely rendered, in seconds. Stands still in pauses and gaps, and where it ended. */
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
  /**
   * Goes to `seconds` of the source, with a fade, and returns where it will be: within what has arrived, and not further back
   * than the ten minutes that are kept. NaN and whatever comes after the end change nothing.
   */
  seek(seconds: number): number;
  /** The same as `stop()`, and says how far the listener had heard. */
  interrupt(): { readonly heardMs: number };
  /** How it stands now; after the end, how it stood then. */
  readonly stats: PlaybackStats;
  /** Fades to silence, cancels the source and ends as `cancelled`. No effect after the end. */
  stop(): void;
}
