/** Samples in the order they came. Chunks are kept as they are: nothing is copied or allocated on the audio thread. */
export class PcmQueue {
  readonly #chunks: Float32Array[] = [];
  #read = 0;
  #length = 0;

  /** Samples waiting. */
  get length(): number {
    return this.#length;
  }

  push(chunk: Float32Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  clear(): void {
    this.#chunks.length = 0;
    this.#read = this.#length = 0;
  }

  /** Moves samples into `block[from..to)` and returns how many there were: fewer than asked for when the queue runs dry. */
  read(block: Float32Array, from: number, to: number): number {
    let at = from;
    for (let chunk = this.#chunks[0]; chunk && at < to; chunk = this.#chunks[0]) {
      const part = chunk.subarray(this.#read, this.#read + to - at);
      block.set(part, at);
      at += part.length;
      this.#read += part.length;
      if (this.#read === chunk.length) {
        this.#chunks.shift();
        this.#read = 0;
      }
    }
    this.#length -= at - from;
    return at - from;
  }
}
