export { createPlayer } from './create-player.ts';
export type { Player, PlayerOptions, PlayOptions } from './create-player.ts';
export type { PcmSource, PcmSourceFormat } from './pcm-source.ts';
export type { Playback, PlaybackReport, PlaybackStats } from './playback-report.ts';
export type { PlaybackError, PlaybackErrorKind } from './player-error.ts';
export type { PlaybackState } from './player-state.ts';
export type { AudioFile, EncodedSource } from './source/encoded-source.ts';
export { pcmSourceOf } from './source/any-source.ts';
export type { PcmSourceOptions } from './source/pcm-source-of.ts';
export { toMediaStream } from './source/to-media-stream.ts';
export { saveWav, toWav } from './source/save-wav.ts';
export type { SocketWorker, WorkerSocketConstructor } from './socket-worker-host.ts';
export type { WireEncoding } from './socket-worker-messages.ts';

/**
 * Loads the parts by which the player finds its worklet and starts its worker, for tools that examine a page, such as saystream's
 * page doctor. Apps do not need it.
 */
export const playerLoading = (): Promise<typeof import('./loading.ts')> => import('./loading.ts');
