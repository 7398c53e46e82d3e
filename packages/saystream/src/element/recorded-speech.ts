import type { PcmSource } from '@saystream/player';

/** Loudness is kept in steps of this length. */
export const levelSeconds = 0.05;
/** Longer speech is not kept: three minutes at 24 kHz are 17 MB. */
const keptSeconds = 180;

/**
 * Speech that is remembered while it is played, so that hearing it again costs nothing, and measured, so that its waveform
 * is seen ahead of what is heard.
 */
export class RecordedSpeech {
  /** The peak of every step of {@link levelSeconds}, from 0 to 1, as far as the speech has arrived. */
  readonly levels: number[] = [];
  readonly #speech: PcmSource;
  readonly #chunks: Float32Array[] = [];
  #sampleRate = 0;
  #samples = 0;
  #end: 'unknown' | 'reached' = 'unknown';

  constructor(speech: PcmSource) {
    this.#speech = speech;
  }

  /** How much has arrived. */
  get seconds(): number {
    return this.#sampleRate && this.#samples / this.#sampleRate;
  }

  /** How long it is; undefined until all of it has arrived. */
  get duration(): number | undefined {
    return this.#end === 'reached' ? this.seconds : undefined;
  }

  /** Whether it can be heard again without asking for it again. */
  get isWhole(): boolean {
    return this.#end === 'reached' && this.seconds > 0 && this.seconds <= keptSeconds;
  }

  /** For a player: the speech itself the first time, what was remembered of it afterwards. */
  source(): PcmSource {
    const { format } = this.#speech;
    if (this.isWhole) return { format: { sampleRate: this.#sampleRate }, [Symbol.asyncIterator]: () => this.#replay() };
    return {
      format,
      cancel: (reason) => this.#speech.cancel?.(reason),
      [Symbol.asyncIterator]: () => this.#record(),
    };
  }

  async *#record(): AsyncGenerator<Float32Array> {
    this.#sampleRate = (await this.#speech.format).sampleRate;
    for await (const chunk of this.#speech) {
      this.#measure(chunk);
      if (this.seconds <= keptSeconds) this.#chunks.push(chunk.slice()); // a player may give the chunk itself away
      else this.#chunks.length = 0;
      yield chunk;
    }
    this.#end = 'reached';
  }

  async *#replay(): AsyncGenerator<Float32Array> {
    for (const chunk of this.#chunks) yield chunk.slice();
  }

  #measure(chunk: Float32Array): void {
    for (const sample of chunk) {
      const step = Math.floor(this.#samples++ / this.#sampleRate / levelSeconds);
      this.levels[step] = Math.max(this.levels[step] ?? 0, Math.abs(sample));
    }
  }
}
