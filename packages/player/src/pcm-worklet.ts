import { PcmChain } from './pcm-chain.ts';
import { registerPcmWorklet } from './register-pcm-worklet.ts';

registerPcmWorklet(PcmChain);
