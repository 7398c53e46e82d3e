import workletSource from '@elevenlabs/client/worklets/audioConcatProcessor.js';
import type { MeasuredPlayer } from '@saystream/e2e/playback-rig/page/measured-player';

import { samplesAsInt16 } from './samples-as-int16.ts';

/**
 * The worklet that @elevenlabs/client 1.25.0 publishes and plays conversations with, fed as its own output does: 16 bits, one
 * message a frame. The client around it speaks to its vendor only.
 */
export const elevenlabsWorklet: MeasuredPlayer = {
  async prepare() {
    const context = new AudioContext({ sampleRate: 24_000, latencyHint: 'interactive' });
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([workletSource], { type: 'text/javascript' })));
    const node = new AudioWorkletNode(context, 'audioConcatProcessor');
    node.port.postMessage({ type: 'setFormat', format: 'pcm', sampleRate: 24_000 });
    node.connect(context.destination);
    return {
      play(delivery) {
        if (!delivery) return;
        delivery.onFrame = (samples) => {
          if (samples.length === 0) return;
          node.port.postMessage({ type: 'clearInterrupted' });
          node.port.postMessage({ type: 'buffer', buffer: samplesAsInt16(samples).buffer });
        };
      },
    };
  },
};
