import { PcmChain } from './pcm-chain.ts';
import type { PcmRequest, PcmSettings } from './pcm-messages.ts';
import { processorName } from './pcm-messages.ts';
import { PcmRenderer } from './pcm-renderer.ts';

/** About 20 ms at 24 kHz: the page sends what it gathered, and looks whether the last sample was heard, this often. */
const blocksPerReport = 4;
/** While more than a second is waiting nobody is in a hurry, and reports cost more than the sound: 0.7 s at 24 kHz. */
const blocksPerReportAtEase = 128;

class PcmWorklet extends AudioWorkletProcessor {
  readonly #chain = new PcmChain();
  readonly #ports: MessagePort[] = [];
  #blocks = 0;
  #isOver = false;

  constructor(options: { processorOptions: PcmSettings }) {
    super();
    this.#append(this.port, options.processorOptions);
  }

  #append(port: MessagePort, settings: PcmSettings): void {
    const renderer = new PcmRenderer(settings, (status) => port.postMessage(status));
    this.#chain.add(renderer);
    this.#listen(port, renderer);
  }

  #listen(port: MessagePort, renderer: PcmRenderer): void {
    this.#ports.push(port);
    port.onmessage = ({ data }: MessageEvent<readonly PcmRequest[]>) => {
      for (const request of data) {
        if (request.over) this.#isOver = true;
        else if (request.port && request.next) this.#append(request.port, request.next);
        else if (request.port) this.#listen(request.port, renderer);
        else renderer.accept(request);
      }
    };
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    this.#chain.render(outputs[0]![0]!, currentFrame);
    if (++this.#blocks % (this.#chain.isAtEase ? blocksPerReportAtEase : blocksPerReport) === 0) this.#chain.report();
    if (this.#isOver) for (const port of this.#ports) port.close();
    return !this.#isOver;
  }
}

registerProcessor(processorName, PcmWorklet);
