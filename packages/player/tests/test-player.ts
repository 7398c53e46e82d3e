import type { Playback, PlaybackState, Player, PlayerOptions } from '@saystream/player';
import { createPlayer } from '@saystream/player';

const workletUrl = new URL('../src/pcm-worklet.ts', import.meta.url);
const players: Player[] = [];

/** A player that loads its worklet from the source file, and is closed by {@link closePlayers}. */
export const makePlayer = (options: PlayerOptions = {}): Player => {
  const player = createPlayer({ workletUrl, ...options });
  players.push(player);
  return player;
};

export const closePlayers = async (): Promise<void> => {
  for (const player of players.splice(0)) await player.close();
};

export const reaches = async (playback: Playback, state: PlaybackState): Promise<void> => {
  while (playback.state !== state) {
    await new Promise((resolve) => playback.addEventListener('statechange', resolve, { once: true }));
  }
};

/** Every state from now on, beginning with the present one. */
export const statesOf = (playback: Playback): PlaybackState[] => {
  const states: PlaybackState[] = [playback.state];
  playback.addEventListener('statechange', () => states.push(playback.state));
  return states;
};
