import { PcmBatch } from './pcm-batch.ts';
import type { PcmCommand, PcmRequest } from './pcm-messages.ts';

/** A chunk that follows sooner than this waits for company, until the audio thread next reports or more has gathered. */
const messageEveryMs = 4;
const messageSamples = 2048;

/** The page's end of the port to the audio thread. Keeps everything until the port is there, then few, large messages. */
export class PcmFeed {
  readonly #batch = new PcmBatch();
  #port: MessagePort | undefined;
  #received = 0;
  #sent = 0;
  #ended = false;
  /** From before the port was there: a pause must not arrive after the first samples, and a seek not before them. */
  #early: PcmCommand | undefined;
  #earlySeek: number | undefined;
  readonly #others: MessagePort[] = [];
  #sentAt = 0;

  /** Samples the source has delivered. */
  get received(): number {
    return this.#received;
  }

  /** Lets another thread deliver samples through the other end of `port`. */
  attach(port: MessagePort): void {
    if (this.#port) this.post({ port }, [port]);
    else this.#others.push(port);
  }

  connect(port: MessagePort): void {
    this.#port = port;
    for (const other of this.#others.splice(0)) this.attach(other);
    if (this.#early) this.command(this.#early);
    this.#send();
  }

  push(chunk: Float32Array): void {
    this.#batch.push(chunk);
    this.#received += chunk.length;
    if (performance.now() - this.#sentAt >= messageEveryMs || this.#batch.length >= messageSamples) this.#send();
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
    if (this.#port) this.post({ command, ...(to !== undefined && { to }) });
    else if (to === undefined) this.#early = command;
    else this.#earlySeek = to;
  }

  #send(): void {
    if (!this.#port) return;
    this.#sentAt = performance.now();
    const samples = this.#batch.take();
    const at = this.#sent;
    this.#sent += samples.length;
    const to = this.#earlySeek;
    this.#earlySeek = undefined;
    this.post({ samples, at, ended: this.#ended, ...(to !== undefined && { command: 'seek', to }) }, [samples.buffer]);
  }

  /** Nothing is sent before the port is there. */
  post(request: PcmRequest, transfer: Transferable[] = []): void {
    this.#port?.postMessage(request, transfer);
  }
}
