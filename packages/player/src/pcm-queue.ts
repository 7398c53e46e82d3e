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

  /** Samples before the next one to be read that are still there. */
  get behind(): number {
    return this.#position - this.#oldest;
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
    const to = Math.round(Math.max(this.#oldest, Math.min(this.#received, position)));
    this.#position = this.#oldest;
    this.#chunk = this.#read = 0;
    this.move(to - this.#oldest);
  }

  /** Goes `by` samples ahead or back: no further than to what came last, or than what is `behind`. */
  move(by: number): void {
    this.#position += by;
    this.#read += by;
    while (this.#read < 0) this.#read += this.#chunks[--this.#chunk]!.length;
    for (let chunk = this.#chunks[this.#chunk]; chunk && this.#read >= chunk.length; chunk = this.#chunks[this.#chunk]) {
      this.#read -= chunk.length;
      this.#chunk++;
    }
  }

  /** Copies `count` samples to the beginning of `target`, from `by` ahead or behind, and stays where it is. */
  peek(by: number, target: Float32Array, count: number): void {
    this.move(by);
    let index = this.#chunk;
    let from = this.#read;
    for (let at = 0; at < count; at++) {
      const chunk = this.#chunks[index]!;
      target[at] = chunk[from]!;
      if (++from < chunk.length) continue;
      index++;
      from = 0;
    }
    this.move(-by);
  }

  /** Moves samples into `block[from..to)` and returns how many there were: fewer than asked for when the queue runs dry. */
  read(block: Float32Array, from: number, to: number): number {
    let at = from;
    for (let chunk = this.#chunks[this.#chunk]; chunk && at < to; chunk = this.#chunks[this.#chunk]) {
      const count = Math.min(chunk.length - this.#read, to - at);
      for (let index = 0; index < count; index++) block[at + index] = chunk[this.#read + index]!; // a view would be garbage
      at += count;
      this.#read += count;
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
