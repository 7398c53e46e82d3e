import type { PlaybackState } from 'saystream';

/** What the controls offer while the playback is in a state. */
export interface ControlState {
  readonly words: string;
  readonly canStop: boolean;
  /** What the second button does, if anything. */
  readonly hold: 'pause' | 'resume' | undefined;
}

/** `silent` is the page before its first utterance. */
export const controlStates: Readonly<Record<PlaybackState | 'silent', ControlState>> = {
  silent: { words: 'Silent', canStop: false, hold: undefined },
  waiting: { words: 'Waiting for the first sound', canStop: true, hold: 'pause' },
  buffering: { words: 'Buffering', canStop: true, hold: 'pause' },
  playing: { words: 'Speaking', canStop: true, hold: 'pause' },
  paused: { words: 'Paused', canStop: true, hold: 'resume' },
  ended: { words: 'Heard to the end', canStop: false, hold: undefined },
  stopped: { words: 'Stopped', canStop: false, hold: undefined },
  failed: { words: 'Ended with an error', canStop: false, hold: undefined },
};
