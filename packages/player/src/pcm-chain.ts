import type { PcmRenderer } from './pcm-renderer.ts';

/**
 * Renderers that sound one after the other: the first sample of the next is rendered in the very frame after the last of the
 * one before it. Those whose turn has not come keep time and receive, so that they know when they have enough.
 */
export class PcmChain {
  readonly #links: PcmRenderer[] = [];
  /** Which of them sounds. Those before it are drained, and wait to be told that this was heard. */
  #turn = 0;

  add(link: PcmRenderer): void {
    this.#links.push(link);
  }

  /** Fills one block whose first sample is the context's frame `currentFrame`; one without links stays as it is. */
  render(block: Float32Array, currentFrame: number): void {
    let from = 0;
    for (let index = 0; index < this.#links.length; index++) {
      const link = this.#links[index]!;
      if (index !== this.#turn) {
        link.keepTime(currentFrame, block.length);
        continue;
      }
      from = link.render(block, currentFrame, from);
      if (from === block.length || index + 1 === this.#links.length) continue;
      link.retire();
      this.#turn++;
    }
    this.#forget();
  }

  /** Whether what sounds has so much waiting that nothing the page does can be urgent. */
  get isAtEase(): boolean {
    return this.#links[this.#turn]?.isAtEase ?? false;
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
