import type { PcmChain, PcmLink } from './pcm-chain.ts';
import type { PcmRequest, PcmSettings } from './pcm-messages.ts';
import { processorName } from './pcm-messages.ts';

/** Makes the processor known whose nodes render a chain each. @param Chain what a new node renders */
export function registerPcmWorklet(Chain: new () => PcmChain): void {
  registerProcessor(
    processorName,
    class extends AudioWorkletProcessor {
      readonly #chain = new Chain();
      readonly #ports: MessagePort[] = [];
      #isOver = false;

      constructor({ processorOptions }: { processorOptions: PcmSettings }) {
        super();
        this.#listen(this.port, this.#open(this.port, processorOptions));
      }

      #open(port: MessagePort, settings: PcmSettings): PcmLink {
        return this.#chain.open(settings, (status) => port.postMessage(status));
      }

      #listen(port: MessagePort, link: PcmLink): void {
        this.#ports.push(port);
        port.onmessage = ({ data }: MessageEvent<readonly PcmRequest[]>) => {
          for (const request of data) {
            if (request.port) this.#listen(request.port, request.next ? this.#open(request.port, request.next) : link);
            else if (request.over) this.#isOver = true;
            else link.accept(request);
          }
        };
      }

      process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
        this.#chain.render(outputs[0]![0]!, currentFrame);
        if (this.#isOver) this.#ports.forEach((port) => port.close());
        return !this.#isOver;
      }
    },
  );
}
