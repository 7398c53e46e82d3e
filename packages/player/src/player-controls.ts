import type { AudioOutput } from './audio-output.ts';
import type { Player, PlayerOptions } from './create-player.ts';

const volumeRampSeconds = 0.02;

/** The part of a player that is set and read. `open` opens an output unless one is `opened`. */
export function createControls(
  { volume = 1, playbackRate = 1 }: PlayerOptions,
  open: () => AudioOutput,
  opened: () => AudioOutput | undefined,
  onRate: (rate: number) => void,
): Pick<Player, 'volume' | 'muted' | 'playbackRate' | 'analyser'> {
  let level = checked('volume', volume, 0, 1);
  let rate = checked('playbackRate', playbackRate, 0.5, 2);
  let isMuted = false;
  const apply = (): void => rampVolume(opened(), isMuted ? 0 : level);
  return {
    get volume() {
      return level;
    },
    set volume(value) {
      level = checked('volume', value, 0, 1);
      apply();
    },
    get muted() {
      return isMuted;
    },
    set muted(value) {
      isMuted = value;
      apply();
    },
    get playbackRate() {
      return rate;
    },
    set playbackRate(value) {
      onRate((rate = checked('playbackRate', value, 0.5, 2)));
    },
    get analyser() {
      return open().analyser;
    },
  };
}

function rampVolume(output: AudioOutput | undefined, level: number): void {
  if (!output) return;
  const { gain } = output.gain;
  const now = output.context.currentTime;
  gain.cancelScheduledValues(now);
  gain.setValueAtTime(gain.value, now);
  gain.linearRampToValueAtTime(level, now + volumeRampSeconds); // ends at exactly `level`, unlike an exponential approach
}

function checked(name: string, value: number, least: number, most: number): number {
  if (!(value >= least && value <= most)) throw new RangeError(`${name} must be between ${least} and ${most}, not ${value}.`);
  return value;
}
