import type { PcmSource } from '@saystream/player';

export const sampleRate = 24_000;

/** A signal that is never zero and never repeats within reach, so that a lost, doubled or silenced sample shows. */
export const testSignal = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => 0.001 + 0.2 * ((at * 0.618_033_988_7) % 1));

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface TestSourceOptions {
  /** Samples per chunk. Default 960 (40 ms). */
  chunk?: number;
  /** Milliseconds between chunks. Default none at all. */
  everyMs?: number;
  rate?: number;
  /** Thrown after the last sample. */
  error?: Error;
  /** After the last sample, wait for `cancel` instead of ending. */
  endless?: boolean;
}

/** `samples` in chunks, with a format that is a promise as a `SpeechStream`'s is, and a memory of having been cancelled. */
export function testSource(samples: Float32Array, options: TestSourceOptions = {}): PcmSource & { cancelled: number } {
  const { chunk = 960, everyMs = 0, rate = sampleRate, error, endless = false } = options;
  let onCancel = (): void => {};
  const cancelled = new Promise<void>((resolve) => (onCancel = resolve));
  return {
    format: Promise.resolve({ sampleRate: rate, channels: 1 }),
    cancelled: 0,
    cancel() {
      this.cancelled++;
      onCancel();
    },
    async *[Symbol.asyncIterator]() {
      for (let at = 0; at < samples.length; at += chunk) {
        if (everyMs > 0) await sleep(everyMs);
        yield samples.slice(at, at + chunk);
      }
      if (endless) await cancelled;
      if (error) throw error;
    },
  };
}

interface Stall {
  /** Where it stalls. */
  readonly atSample: number;
  /** For how long, counted from the moment that the playback plays: a context may take more than a second to start. */
  readonly stallMs: number;
  /** Resolves when the playback plays. */
  readonly untilPlaying: () => Promise<void>;
}

/** `samples` in two parts, with a pause in between. */
export const stallingSource = (samples: Float32Array, { atSample, stallMs, untilPlaying }: Stall): PcmSource => ({
  format: { sampleRate },
  async *[Symbol.asyncIterator]() {
    yield samples.slice(0, atSample);
    await untilPlaying();
    await sleep(stallMs);
    yield samples.slice(atSample);
  },
});

/** An error such as the vendor clients throw. */
export const vendorError = (kind: string): Error =>
  Object.assign(new Error(kind), {
    [Symbol.for('saystream.SpeechError')]: true,
    kind,
    vendor: 'audixa',
    fields: [],
    retryable: false,
    billed: 'unknown',
    advice: 'none',
  });
