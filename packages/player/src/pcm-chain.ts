import type { PcmRequest, PcmSettings, PcmStatus } from './pcm-messages.ts';
import { PcmRenderer } from './pcm-renderer.ts';
import type { ChooseJump } from './time-stretch.ts';

/** About 20 ms at 24 kHz: the page sends what it gathered, and looks whether the last sample was heard, this often. */
const blocksPerReport = 4;
/** While more than a second is waiting nobody is in a hurry, and reports cost more than the sound: 0.7 s at 24 kHz. */
const blocksPerReportAtEase = 128;

/** One source's place in a chain. */
export interface PcmLink {
  accept(request: PcmRequest): void;
}

/**
 * Renderers that sound one after the other: the first sample of the next is rendered in the very frame after the last of the
 * one before it. Those whose turn has not come keep time and receive, so that they know when they have enough.
 */
export class PcmChain {
  readonly #links: PcmRenderer[] = [];
  #blocks = 0;
  /** Which of them sounds. Those before it are drained, and wait to be told that this was heard. */
  #turn = 0;

  /** A source that sounds after all that are there. */
  open(settings: PcmSettings, report: (status: PcmStatus) => void, choose?: ChooseJump): PcmLink {
    const link = new PcmRenderer(settings, report, choose);
    this.#links.push(link);
    return link;
  }

  /**
   * Fills one block whose first sample is the context's frame `currentFrame`, and tells now and then how all stand. One without
   * links stays as it is.
   */
  render(block: Float32Array, currentFrame: number): void {
    let from = 0;
    for (let index = 0; index < this.#links.length; index++) {
      const link = this.#links[index]!;
      if (index !== this.#turn) {
        link.keepTime(currentFrame, block.length);
        continue;
      }
      from = link.render(block, currentFrame, from);
      if (from < block.length && index + 1 < this.#links.length) {
        link.retire();
        this.#turn++;
      }
    }
    this.#forget();
    if (++this.#blocks % (this.#links[this.#turn]?.isAtEase ? blocksPerReportAtEase : blocksPerReport) === 0) this.report();
  }

  /** Lets all but those whose turn has not come tell how they stand. */
  report(): void {
    for (let index = 0; index <= this.#turn; index++) this.#links[index]?.report();
  }

  #forget(): void {
    for (let index = this.#links.length - 1; index >= 0; index--) {
      if (!this.#links[index]!.isOver) continue;
      this.#links.splice(index, 1);
      if (index < this.#turn) this.#turn--;
    }
  }
}
