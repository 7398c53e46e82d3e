import type { PcmSource, PcmSourceFormat } from '@saystream/player';

/** How a player offers a socket in a worker: the speech itself takes it, before it dials. */
const offerSocket = Symbol.for('saystream.offerSocket');

interface TakesSocket extends PcmSource {
  [offerSocket]?(ask: unknown): void;
}

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
  /** How long it is, in seconds; undefined until all of it has arrived. */
  duration: number | undefined;
  readonly #ask: () => PcmSource;
  readonly #chunks: Float32Array[] = [];
  #format: PcmSourceFormat | undefined;
  #samples = 0;

  /** `ask` is called when the speech is first played; what it throws ends that playback. */
  constructor(ask: () => PcmSource) {
    this.#ask = ask;
  }

  /** How much has arrived. */
  get seconds(): number {
    return this.#format ? this.#samples / this.#format.sampleRate : 0;
  }

  /** Whether it can be heard again without asking for it again. */
  get isWhole(): boolean {
    return !!this.duration && this.#chunks.length > 0;
  }

  /** For a player: the speech itself the first time, what was remembered of it afterwards. */
  source(): PcmSource {
    if (this.isWhole) return { format: this.#format!, [Symbol.asyncIterator]: () => this.#replay() };
    let speech: TakesSocket | undefined;
    let offered: unknown;
    let tellFormat!: (format: PcmSourceFormat) => void;
    return {
      format: new Promise((resolve) => (tellFormat = resolve)),
      cancel: (reason) => speech?.cancel?.(reason),
      [offerSocket]: (ask: unknown) => (offered = ask),
      [Symbol.asyncIterator]: () => {
        const ask = (): PcmSource => {
          speech = this.#ask();
          if (offered) speech[offerSocket]?.(offered);
          return speech;
        };
        return this.#record(ask, tellFormat);
      },
    } as TakesSocket;
  }

  async *#record(ask: () => PcmSource, tellFormat: (format: PcmSourceFormat) => void): AsyncGenerator<Float32Array> {
    const speech = ask();
    tellFormat((this.#format = await speech.format));
    for await (const chunk of speech) {
      this.#measure(chunk);
      if (this.seconds > keptSeconds) this.#chunks.length = 0;
      else this.#chunks.push(chunk.slice()); // a player may give the chunk itself away
      yield chunk;
    }
    this.duration = this.seconds;
  }

  async *#replay(): AsyncGenerator<Float32Array> {
    for (const chunk of this.#chunks) yield chunk.slice();
  }

  #measure(chunk: Float32Array): void {
    const samplesPerLevel = levelSeconds * this.#format!.sampleRate;
    for (const sample of chunk) {
      const at = Math.floor(this.#samples++ / samplesPerLevel);
      this.levels[at] = Math.max(this.levels[at] ?? 0, Math.abs(sample));
    }
  }
}
