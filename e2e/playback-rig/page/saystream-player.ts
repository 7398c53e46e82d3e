import type { Playback } from 'saystream';

import type { MeasuredPlayer } from './measured-player.ts';
import { framesOf } from './socket-delivery.ts';

type Saystream = typeof import('saystream');
const built = '/dist/saystream.browser.js';

/** The built player, used through its public API only. */
export const saystreamPlayer: MeasuredPlayer = {
  async prepare({ options, vendor }) {
    const { createAudixa, createPlayer } = (await import(/* @vite-ignore */ built)) as Saystream;
    const player = createPlayer(options);
    await player.unlock();
    let playback: Playback | undefined;
    return {
      play(delivery) {
        if (vendor) {
          const { baseUrl, apiKey, text } = vendor;
          playback = player.play(createAudixa({ baseUrl, apiKey, dangerouslyAllowBrowser: true }).voice('am_ethan').say(text));
        } else if (delivery) {
          const frames = framesOf(delivery);
          playback = player.play({ format: { sampleRate: 24_000, channels: 1 }, [Symbol.asyncIterator]: () => frames });
        }
      },
      pause: () => playback?.pause(),
      resume: () => playback?.resume(),
      stop: () => playback?.stop(),
      setVolume: (volume) => (player.volume = volume),
      ...('muted' in player && { setMuted: (muted: boolean) => Object.assign(player, { muted }) }),
      report: async () => (await playback?.done) ?? {},
      close: () => player.close(),
    };
  },
};
