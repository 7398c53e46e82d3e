import { registerPlayer } from '@saystream/e2e/playback-rig/page/rig-page';

import { cartesiaPlayer } from './peers/cartesia-player.ts';
import { elevenlabsWorklet } from './peers/elevenlabs-worklet.ts';
import { pcmPlayerPlayer } from './peers/pcm-player-player.ts';
import { speechmaticsPlayer } from './peers/speechmatics-player.ts';
import { wavtoolsPlayer } from './peers/wavtools-player.ts';

// The rig's page with the players of other packages beside ours. Names are those of `peers.ts`.
registerPlayer('wavtools', wavtoolsPlayer);
registerPlayer('elevenlabs', elevenlabsWorklet);
registerPlayer('speechmatics', speechmaticsPlayer);
registerPlayer('cartesia-100', cartesiaPlayer(0.1));
registerPlayer('cartesia-600', cartesiaPlayer(0.6));
registerPlayer('pcm-player', pcmPlayerPlayer);
