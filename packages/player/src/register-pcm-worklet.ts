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

      constructor(options: { processorOptions: PcmSettings }) {
        super();
        this.#append(this.port, options.processorOptions);
      }

      #append(port: MessagePort, settings: PcmSettings): void {
        this.#listen(
          port,
          this.#chain.open(settings, (status) => port.postMessage(status)),
        );
      }

      #listen(port: MessagePort, link: PcmLink): void {
        this.#ports.push(port);
        port.onmessage = ({ data }: MessageEvent<PcmRequest>) => {
          if (data.over) this.#isOver = true;
          else if (!data.port) link.accept(data);
          else if (data.next) this.#append(data.port, data.next);
          else this.#listen(data.port, link);
        };
      }

      process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
        this.#chain.render(outputs[0]![0]!, currentFrame);
        if (this.#isOver) for (const port of this.#ports) port.close();
        return !this.#isOver;
      }
    },
  );
}
