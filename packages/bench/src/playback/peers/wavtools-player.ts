import type { MeasuredPlayer } from '@saystream/e2e/playback-rig/page/measured-player';
import { WavStreamPlayer } from 'wavtools';

import { samplesAsInt16 } from './samples-as-int16.ts';

/** wavtools 0.1.5: a worklet with a queue, 16 bits. */
export const wavtoolsPlayer: MeasuredPlayer = {
  async prepare() {
    const player = new WavStreamPlayer({ sampleRate: 24_000 });
    await player.connect();
    return {
      play(delivery) {
        if (delivery) delivery.onFrame = (samples) => void (samples.length > 0 && player.add16BitPCM(samplesAsInt16(samples)));
      },
    };
  },
};
