/**
 * - `waiting`: no audio has arrived yet, or the browser does not let the page sound yet (see the `blocked` event)
 * - `buffering`: audio is arriving, but not enough of it to go on
 * - `playing`: samples are being rendered
 * - `paused`: held by `pause()`
 * - `ended`: the last sample has been heard
 * - `stopped`: ended by `stop()`, by another `play()`, by `close()`, or because the source was cancelled
 * - `failed`: ended by an error; what had arrived before it was played first
 */
export type PlaybackState = 'waiting' | 'buffering' | 'playing' | 'paused' | 'ended' | 'stopped' | 'failed';

/** What the sound itself is doing, whether or not the listener holds it. */
export type SoundState = 'waiting' | 'buffering' | 'playing';

export type PlaybackEvent = SoundState | 'pause' | 'resume' | 'ended' | 'stopped' | 'failed';

/** `beneath` is what a paused playback goes back to. */
export interface PlaybackStatus {
  readonly name: PlaybackState;
  readonly beneath: SoundState;
}

export const isOver = ({ name }: PlaybackStatus): boolean => name === 'ended' || name === 'stopped' || name === 'failed';

export const initialStatus: PlaybackStatus = { name: 'waiting', beneath: 'waiting' };

/** The whole life of one playback. Pure. A terminal state never changes, so the first ending wins. */
export function nextStatus(status: PlaybackStatus, event: PlaybackEvent): PlaybackStatus {
  if (isOver(status)) return status;
  const { name, beneath } = status;
  switch (event) {
    case 'pause':
      return { name: 'paused', beneath };
    case 'resume':
      return { name: beneath, beneath };
    case 'waiting':
    case 'buffering':
    case 'playing':
      return { name: name === 'paused' ? name : event, beneath: event };
    case 'ended':
    case 'stopped':
    case 'failed':
      return { name: event, beneath };
  }
}
