import type { PcmStatus } from '../src/pcm-messages.ts';
import { PcmRenderer } from '../src/pcm-renderer.ts';

export const quantum = 128;
export const rampSamples = 120;
export const settings = { sampleRate: 24_000, rampSamples, keptSamples: 24_000 };

/** Never zero and never twice the same within reach, so that a lost, doubled or silenced sample shows. */
export const speech = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => 0.1 + 0.8 * ((at * 0.618_033_988_7) % 1));

/** A renderer with a clock: everything it rendered and said. */
export class Rig {
  readonly statuses: PcmStatus[] = [];
  readonly output: number[] = [];
  readonly renderer: PcmRenderer;
  alive = true;
  #frame = 0;

  /** Its clock stands at frame 0, after one silent block that shows that the clock runs. */
  constructor(prebufferSamples: number | undefined) {
    this.renderer = new PcmRenderer({ ...settings, prebufferSamples }, (status) => this.statuses.push(status));
    this.run();
    this.output.length = 0;
  }

  get last(): PcmStatus {
    return this.statuses.at(-1)!;
  }

  get phases(): string[] {
    return this.statuses.map(({ phase }) => phase);
  }

  run(blocks = 1): this {
    for (let count = 0; count < blocks; count++) {
      const block = new Float32Array(quantum).fill(7); // whatever is not written would show
      this.renderer.render(block, this.#frame);
      this.alive = !this.renderer.isOver;
      this.#frame += quantum;
      this.output.push(...block);
    }
    return this;
  }

  /** What was rendered, without the silence before and after it. */
  get sound(): number[] {
    const first = this.output.findIndex((sample) => sample !== 0);
    const last = this.output.reduce((latest, sample, at) => (sample === 0 ? latest : at), -1);
    return first === -1 ? [] : this.output.slice(first, last + 1);
  }
}
