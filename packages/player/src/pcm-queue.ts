/**
 * The samples of a source in their order, and a place in it from which they are read. Chunks are kept as they are: nothing is
 * copied or allocated on the audio thread. Of what was read, the newest stays, so that one can go back.
 */
export class PcmQueue {
  readonly #kept: number;
  readonly #chunks: Float32Array[] = [];
  /** The chunk that is read next, and the sample in it. */
  #chunk = 0;
  #read = 0;
  #position = 0;
  #received = 0;
  /** Where the oldest chunk begins. */
  #oldest = 0;

  /** @param keptSamples how many read samples stay, give or take a chunk */
  constructor(keptSamples = 0) {
    this.#kept = keptSamples;
  }

  /** Samples waiting. */
  get length(): number {
    return this.#received - this.#position;
  }

  /** Samples of the source before the next one to be read. */
  get position(): number {
    return this.#position;
  }

  /** Samples of the source that have come. */
  get received(): number {
    return this.#received;
  }

  /**
   * Adds what is new of `chunk`, which begins `at` samples into the source, and returns how many that were: none when all was
   * there before, and none when something before it is missing, which its own sender still delivers.
   */
  push(chunk: Float32Array, at = this.#received): number {
    const known = this.#received - at;
    if (known < 0 || known >= chunk.length) return 0;
    const added = known === 0 ? chunk : chunk.subarray(known);
    this.#chunks.push(added);
    this.#received += added.length;
    return added.length;
  }

  clear(): void {
    this.#chunks.length = this.#chunk = this.#read = 0;
    this.#position = this.#oldest = this.#received;
  }

  /** Goes to `position`, or as near to it as what is kept allows. */
  seek(position: number): void {
    this.#position = Math.round(Math.max(this.#oldest, Math.min(this.#received, position)));
    let rest = this.#position - this.#oldest;
    this.#chunk = 0;
    for (let chunk = this.#chunks[0]; chunk && rest >= chunk.length; chunk = this.#chunks[this.#chunk]) {
      rest -= chunk.length;
      this.#chunk++;
    }
    this.#read = rest;
  }

  /** Moves samples into `block[from..to)` and returns how many there were: fewer than asked for when the queue runs dry. */
  read(block: Float32Array, from: number, to: number): number {
    let at = from;
    for (let chunk = this.#chunks[this.#chunk]; chunk && at < to; chunk = this.#chunks[this.#chunk]) {
      const part = chunk.subarray(this.#read, this.#read + to - at);
      block.set(part, at);
      at += part.length;
      this.#read += part.length;
      if (this.#read < chunk.length) break;
      this.#chunk++;
      this.#read = 0;
    }
    this.#position += at - from;
    this.#forget();
    return at - from;
  }

  #forget(): void {
    for (let first = this.#chunks[0]; first && this.#chunk > 0; first = this.#chunks[0]) {
      if (this.#oldest + first.length > this.#position - this.#kept) return;
      this.#chunks.shift();
      this.#chunk--;
      this.#oldest += first.length;
    }
  }
}
