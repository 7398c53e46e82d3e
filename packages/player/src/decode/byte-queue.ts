/** Bytes that have arrived and are not used up yet. */
export class ByteQueue {
  #bytes: Uint8Array = new Uint8Array(0);

  /** What is there. A view: use it before the next `add`. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Always copies, so that a source may reuse its buffer. */
  add(bytes: Uint8Array): void {
    const joined = new Uint8Array(this.#bytes.length + bytes.length);
    joined.set(this.#bytes);
    joined.set(bytes, this.#bytes.length);
    this.#bytes = joined;
  }

  drop(count: number): void {
    this.#bytes = this.#bytes.subarray(count);
  }

  /** Four letters at `at`, as every container marks its parts. */
  tag(at = 0): string {
    return String.fromCharCode(...this.#bytes.subarray(at, at + 4));
  }

  view(): DataView {
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
  }
}
