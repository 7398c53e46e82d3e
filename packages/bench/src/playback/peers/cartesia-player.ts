import SourceModule from '@cartesia/cartesia-js/wrapper/source';
import { WebPlayer } from '@cartesia/cartesia-js/wrapper/WebPlayer';
import type { MeasuredPlayer } from '@saystream/e2e/playback-rig/page/measured-player';

/** A CommonJS default export seen from an ES module is the module itself or its default, as the bundler likes. */
const Source = (SourceModule as unknown as { readonly default?: typeof SourceModule }).default ?? SourceModule;

/** WebPlayer of @cartesia/cartesia-js 2.2.9: gathers `bufferDuration` seconds, then schedules them. */
export const cartesiaPlayer = (bufferDuration: number): MeasuredPlayer => ({
  async prepare() {
    const source = new Source({ sampleRate: 24_000, encoding: 'pcm_f32le', container: 'raw' });
    const player = new WebPlayer({ bufferDuration });
    return {
      play(delivery) {
        if (!delivery) return;
        delivery.onFrame = (samples) => void source.enqueue(samples);
        delivery.onEnd = () => void source.close();
        void player.play(source);
      },
    };
  },
});
