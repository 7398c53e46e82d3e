/** Bytes that have arrived and are not used up yet. */
export class ByteQueue {
  #buffer = new Uint8Array(0);
  #from = 0;
  #to = 0;

  /** The queued bytes. A view: use it before the next `add`. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(this.#from, this.#to);
  }

  get length(): number {
    return this.#to - this.#from;
  }

  /** Always copies, so that a source may reuse its buffer. The space doubles, so that many small pieces cost linear time. */
  add(bytes: Uint8Array): void {
    if (this.#to + bytes.length > this.#buffer.length) {
      const larger = new Uint8Array(2 * (this.length + bytes.length));
      larger.set(this.bytes);
      this.#to = this.length;
      this.#from = 0;
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.#to);
    this.#to += bytes.length;
  }

  drop(count: number): void {
    this.#from = Math.min(this.#to, this.#from + count);
  }

  /** Four letters at `at`, as every container marks its parts; fewer at the end. */
  tag(at = 0): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + 4));
  }

  view(): DataView {
    return new DataView(this.#buffer.buffer, this.#from, this.length);
  }
}
