/** Players of other npm packages by their names in `peers-page.ts`, and what the table calls them. */
export const peers: Readonly<Record<string, string>> = {
  wavtools: 'wavtools 0.1.5',
  elevenlabs: '@elevenlabs/client 1.25.0, its worklet',
  speechmatics: '@speechmatics/web-pcm-player 1.1.0',
  'cartesia-100': '@cartesia/cartesia-js 2.2.9 WebPlayer, 0.1 s',
  'cartesia-600': '@cartesia/cartesia-js 2.2.9 WebPlayer, 0.6 s',
  'pcm-player': 'pcm-player 0.0.18, flush 100 ms',
};
