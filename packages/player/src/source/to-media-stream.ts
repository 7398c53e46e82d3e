import type { Player } from '../create-player.ts';

/**
 * What `player` sounds, as a live stream of one audio track: for `RTCPeerConnection.addTrack` or a `MediaRecorder`. It
 * is behind the volume, and is heard as well. Call it after `play()`: a source of another rate brings a new context, and
 * with it a stream of its own. Stop its tracks, or close the player, to end it.
 * @throws PlaybackError `playback-blocked` where there is no Web Audio
 */
export function toMediaStream(player: Pick<Player, 'analyser'>): MediaStream {
  const { analyser } = player;
  const destination = new MediaStreamAudioDestinationNode(analyser.context as AudioContext, { channelCount: 1 });
  analyser.connect(destination);
  return destination.stream;
}
