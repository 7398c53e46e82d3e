/**
 * A gain that moves between silence and full level along a raised cosine, one step per sample, and can turn round at any
 * point without a jump. Hard edges at a pause or a starvation are what listeners hear as clicks.
 */
export class Ramp {
  readonly #length: number;
  #position: number;

  /** @param length samples between silence and full level, at least 1. A ramp begins at full level. */
  constructor(length: number) {
    this.#length = length;
    this.#position = length;
  }

  /** Samples left until silence when falling. */
  get position(): number {
    return this.#position;
  }

  /** Scales `block[from..to)` while rising. At full level nothing is touched, so that samples stay bit-identical. */
  rise(block: Float32Array, from: number, to: number): void {
    for (let at = from; at < to && this.#position < this.#length; at++) {
      this.#scale(block, at);
      this.#position++;
    }
  }

  /** Scales `block[from..to)` while falling; beyond silence the block becomes zero. */
  fall(block: Float32Array, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      if (this.#position > 0) this.#position--;
      this.#scale(block, at);
    }
  }

  #scale(block: Float32Array, at: number): void {
    block[at]! *= 0.5 - 0.5 * Math.cos((Math.PI * this.#position) / this.#length);
  }
}
