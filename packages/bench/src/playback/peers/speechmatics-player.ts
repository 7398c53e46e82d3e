import type { MeasuredPlayer } from '@saystream/e2e/playback-rig/page/measured-player';
import { PCMPlayer } from '@speechmatics/web-pcm-player';

/** @speechmatics/web-pcm-player 1.1.0: one buffer source per chunk, scheduled at the end of the one before. */
export const speechmaticsPlayer: MeasuredPlayer = {
  async prepare() {
    const player = new PCMPlayer(new AudioContext({ sampleRate: 24_000, latencyHint: 'interactive' }));
    return {
      play(delivery) {
        if (delivery) delivery.onFrame = (samples) => void (samples.length > 0 && player.playAudio(samples));
      },
    };
  },
};
