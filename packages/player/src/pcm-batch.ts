/** NaN and the infinities become silence, the rest is limited to [-1, 1]; a sample in range keeps every bit. */
export function soundSample(sample: number): number {
  if (Math.abs(sample) <= 1) return sample;
  return Math.abs(sample) < Infinity ? Math.sign(sample) : 0;
}

/**
 * Gathers chunks into one array per message to the audio thread. Samples are copied as they arrive, so the source may
 * reuse or keep its buffers (views on larger or shared buffers included), and one-sample chunks cost no message each.
 */
export class PcmBatch {
  #samples = new Float32Array(4096);
  #length = 0;

  /** Samples gathered. */
  get length(): number {
    return this.#length;
  }

  push(chunk: Float32Array): void {
    const length = this.#length + chunk.length;
    if (length > this.#samples.length) {
      const larger = new Float32Array(Math.max(length, this.#samples.length * 2));
      larger.set(this.#samples.subarray(0, this.#length));
      this.#samples = larger;
    }
    for (const sample of chunk) this.#samples[this.#length++] = soundSample(sample);
  }

  /** All that was gathered, in a buffer of its own that may be transferred. The batch is empty afterwards. */
  take(): Float32Array<ArrayBuffer> {
    const taken = this.#samples.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }
}
