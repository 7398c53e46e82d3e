import type { MeasuredPlayer } from '@saystream/e2e/playback-rig/page/measured-player';
import PCMPlayer from 'pcm-player';

/**
 * pcm-player 0.0.18 with a flush every 100 ms. It asks for a context at the device's rate; here that is 24,000 Hz, so that
 * the resampling it would need on most devices is not in its figures.
 */
export const pcmPlayerPlayer: MeasuredPlayer = {
  asksForRate: false,
  async prepare() {
    const player = new PCMPlayer({ inputCodec: 'Float32', channels: 1, sampleRate: 24_000, flushTime: 100 } as never);
    player.volume(1);
    return {
      play(delivery) {
        if (delivery) delivery.onFrame = (samples) => void (samples.length > 0 && player.feed(samples.buffer));
      },
    };
  },
};
