import type { PcmRequest, PcmSettings } from './pcm-messages.ts';
import { processorName } from './pcm-messages.ts';
import { PcmRenderer } from './pcm-renderer.ts';

/** About 20 ms at 24 kHz: the page sends what it gathered, and looks whether the last sample was heard, this often. */
const blocksPerReport = 4;

class PcmWorklet extends AudioWorkletProcessor {
  readonly #renderer: PcmRenderer;
  readonly #ports: MessagePort[] = [];
  #blocks = 0;

  constructor(options: { processorOptions: PcmSettings }) {
    super();
    this.#renderer = new PcmRenderer(options.processorOptions, (status) => this.port.postMessage(status));
    this.#listen(this.port);
  }

  #listen(port: MessagePort): void {
    port.onmessage = ({ data }: MessageEvent<PcmRequest>) => {
      this.#renderer.accept(data);
      if (!data.port) return;
      this.#ports.push(data.port);
      this.#listen(data.port);
    };
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const block = outputs[0]![0]!;
    const goesOn = this.#renderer.render(block, currentFrame);
    if (++this.#blocks % blocksPerReport === 0) this.#renderer.report();
    if (!goesOn) for (const port of this.#ports) port.close();
    return goesOn;
  }
}

registerProcessor(processorName, PcmWorklet);
