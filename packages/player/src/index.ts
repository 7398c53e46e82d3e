export { createPlayer } from './create-player.ts';
export type { Player, PlayerOptions, PlayOptions } from './create-player.ts';
export type { PcmSource, PcmSourceFormat } from './pcm-source.ts';
export type { Playback, PlaybackReport, PlaybackStats } from './playback-report.ts';
export type { PlaybackError } from './player-error.ts';
export type { PlaybackState } from './player-state.ts';
