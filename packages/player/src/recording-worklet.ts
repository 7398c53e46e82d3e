import { RecordingChain } from './recording/recording-chain.ts';
import type { RecordingLog } from './recording/recording-log.ts';
import { recorderName } from './recording/recording-log.ts';
import { registerPcmWorklet } from './register-pcm-worklet.ts';

/** Of the node that was made last: there is one scope for each context. */
let latest: RecordingLog | undefined;

class NotedChain extends RecordingChain {
  constructor() {
    super();
    latest = this.log;
  }
}

/** Renders nothing: the page makes one to be told what was recorded. */
class Recorder extends AudioWorkletProcessor {
  constructor(options: { processorOptions: { samples: boolean } }) {
    super();
    this.port.postMessage(latest?.take(options.processorOptions.samples));
  }

  process(): boolean {
    return false;
  }
}

registerPcmWorklet(NotedChain);
registerProcessor(recorderName, Recorder);
