import type { PlaybackError } from '../player-error.ts';
import { playerError } from '../player-error.ts';

/** Something that is no sound, or none that can be played. */
export const notAudio = (
  message: string,
  advice = 'Check the address, or convert it to WAV or MP3.',
  cause?: unknown,
): PlaybackError => playerError('not-audio', message, advice, cause);

/** A file or stream of which audio is missing: it ended early, or a part of it could not be decoded. */
export const truncated = (what: string, cause?: unknown): PlaybackError =>
  playerError('truncated', `The ${what} is incomplete or damaged.`, 'Treat it as incomplete.', cause);

/** Bounds what a broken file may make the page hold. */
export const tooLarge = (what: string, bytes: number): PlaybackError =>
  playerError(
    'too-large',
    `${what} is larger than ${bytes} bytes.`,
    'Send it as WAV, PCM, MP3 or Ogg Opus, which are played while they arrive.',
  );
