import { PcmBatch } from './pcm-batch.ts';
import type { PcmCommand, PcmRequest } from './pcm-messages.ts';

/** A chunk that follows sooner than this waits for company, until the audio thread next reports or more has gathered. */
const requestEveryMs = 4;
const requestSamples = 2048;

/** The page's end of the port to the audio thread. Few, large requests; until the port is there it keeps them. */
export class PcmFeed {
  readonly #batch = new PcmBatch();
  #port: MessagePort | undefined;
  #received = 0;
  #sent = 0;
  #ended = false;
  /** When the last chunk came, and the last one that was sent; in epoch ms, as a clock that other threads have too. */
  #cameMs = 0;
  #sentMs = 0;
  /**
   * They go out in one message, which nothing is rendered in the middle of: what was paused before the port was there does not
   * sound first, nor does what was skipped.
   */
  readonly #requests: PcmRequest[] = [];
  readonly #transfer: Transferable[] = [];

  /** Samples the source has delivered. */
  get received(): number {
    return this.#received;
  }

  connect(port: MessagePort): void {
    this.#port = port;
    this.#send();
  }

  push(chunk: Float32Array): void {
    this.#batch.push(chunk);
    this.#received += chunk.length;
    this.#cameMs = Date.now();
    if (this.#cameMs - this.#sentMs >= requestEveryMs || this.#batch.length >= requestSamples) this.#send();
  }

  /** Nothing follows. */
  end(): void {
    this.#ended = true;
    this.#send();
  }

  /** Sends what is still waiting for company. */
  flush(): void {
    if (this.#batch.length > 0) this.#send();
  }

  /** @param to where a `seek` goes */
  command(command: PcmCommand, to?: number): void {
    this.flush(); // a seek goes no further than to what is there
    this.post({ command, to });
  }

  #send(): void {
    this.#sentMs = this.#cameMs;
    const samples = this.#batch.take();
    const at = this.#sent;
    this.#sent += samples.length;
    this.post({ samples, at, cameMs: this.#cameMs, ended: this.#ended }, samples.buffer);
  }

  /** @param transferred what of `request` goes over with it */
  post(request: PcmRequest, ...transferred: Transferable[]): void {
    this.#requests.push(request);
    this.#transfer.push(...transferred);
    this.#port?.postMessage(this.#requests.splice(0), this.#transfer.splice(0));
  }
}
