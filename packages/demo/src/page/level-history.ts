/** How long one bar of the waveform stands for, in seconds. */
export const barSeconds = 0.05;

/** The loudest sample of every 50 ms, by its place in the speech. Gaps in what was reported read as silence. */
export class LevelHistory {
  readonly #levels: number[] = [];

  /** Bars so far, the one that is growing included. */
  get bars(): number {
    return this.#levels.length;
  }

  /** The level of a bar, 0 to 1. */
  at(bar: number): number {
    return this.#levels[bar] ?? 0;
  }

  raise(bar: number, level: number): void {
    while (this.#levels.length <= bar) this.#levels.push(0);
    this.#levels[bar] = Math.min(1, Math.max(this.at(bar), level));
  }

  /** Takes samples that begin `offset` samples into the speech. */
  addSamples(samples: Float32Array, offset: number, sampleRate: number): void {
    const samplesPerBar = Math.round(barSeconds * sampleRate);
    for (let n = 0; n < samples.length; n++) {
      const level = Math.abs(samples[n]!);
      const bar = Math.floor((offset + n) / samplesPerBar);
      if (bar >= this.#levels.length || level > this.#levels[bar]!) this.raise(bar, level);
    }
  }
}
