import { SpeechError } from '@saystream/errors';

import { writeWav } from '../audio/write-wav.ts';
import { createSampleQueue } from './sample-queue.ts';
import type { SocketConstructor } from '../socket/socket-like.ts';
import { settleOutcome, type SpeechEnding } from './speech-ending.ts';
import type { PcmFormat, SpeechOutcome, SpeechStream } from './speech-stream.ts';

/** Where a vendor client delivers the speech it receives. Calls after `end` are ignored. */
export interface SpeechSink {
  /** The format of the samples that follow. Call it before the first `samples`. */
  format(format: PcmFormat): void;
  /** The next samples. The sink takes the array over. */
  samples(samples: Float32Array): void;
  /** The one ending. Without `error` the vendor has said that the speech is complete. */
  end(ending: SpeechEnding): void;
}

/** Asks whoever plays the stream for a socket that delivers ahead of us; undefined: dial your own. Must not reject. */
export type AskForSocket = (encoding: 'f32le' | 's16le') => Promise<SocketConstructor | undefined>;

/** Not public: the player knows this method by its symbol (`socket-offer.ts` there). It comes too late once we have dialled. */
const offerSocket: unique symbol = Symbol.for('saystream.offerSocket');

/** What a vendor client brings to a stream. */
export interface SpeechSource {
  /** Names the vendor in errors: `audixa`, `sauti`, `moknah`. */
  readonly vendor: string;
  /** Begins the work. Not called when `signal` was aborted beforehand. Must not throw. */
  start(sink: SpeechSink): void;
  /** Whoever plays the stream offers a socket. For raw samples, one socket per stream. */
  offerSocket?(ask: AskForSocket): void;
  /** The caller wants no more: stop now and call `sink.end` with an `aborted` error. */
  cancel(reason: unknown): void;
}

type Reader = { resolve(result: IteratorResult<Float32Array>): void; reject(error: unknown): void };
/** `draining`: the vendor has completed, the consumer has not yet taken everything. */
type Phase = { name: 'open' } | { name: 'draining'; ending: SpeechEnding } | { name: 'settled'; outcome: SpeechOutcome };

const aborted = (vendor: string, billed: SpeechEnding['billed']): SpeechEnding => ({
  billed,
  error: new SpeechError({ kind: 'aborted', vendor, billed, message: 'The speech was cancelled.' }),
});

/** The one implementation of `SpeechStream`: a queue between a vendor client and its consumer, and one ending. */
class QueuedSpeechStream implements SpeechStream {
  readonly format: Promise<PcmFormat>;
  readonly outcome: Promise<SpeechOutcome>;
  readonly #source: SpeechSource;
  readonly #queue = createSampleQueue();
  readonly #startedAtMs = performance.now();
  #phase: Phase = { name: 'open' };
  #pcm: PcmFormat | undefined;
  #samples = 0;
  #firstAudioMs: number | undefined;
  #consumer: 'none' | 'reading' | 'told' = 'none';
  readonly #readers: Reader[] = [];
  #readable: ReadableStream<Float32Array> | undefined;
  #settleFormat!: { resolve(format: PcmFormat): void; reject(error: unknown): void };
  #settleOutcome!: (outcome: SpeechOutcome) => void;
  #release = (): void => undefined;

  constructor(source: SpeechSource, signal: AbortSignal | undefined) {
    this.#source = source;
    this.format = new Promise((resolve, reject) => {
      this.#settleFormat = { resolve, reject };
    });
    this.format.catch(() => undefined); // the outcome tells the same failure
    this.outcome = new Promise((resolve) => {
      this.#settleOutcome = resolve;
    });
    if (signal?.aborted) {
      this.#settle(aborted(source.vendor, 'no'));
      return;
    }
    const onAbort = () => this.cancel(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#release = () => signal?.removeEventListener('abort', onAbort);
    source.start({
      format: (format) => this.#setFormat(format),
      samples: (samples) => this.#push(samples),
      end: (ending) => this.#end(ending),
    });
  }

  get readable(): ReadableStream<Float32Array> {
    this.#readable ??= this.#createReadable();
    return this.#readable;
  }

  [Symbol.asyncIterator](): AsyncIterator<Float32Array> {
    if (this.#consumer !== 'none') throw new TypeError('A SpeechStream has one consumer.');
    this.#consumer = 'reading';
    return {
      next: () => this.#next(),
      return: () => {
        this.cancel();
        this.#consumer = 'told';
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  [offerSocket](ask: AskForSocket): void {
    this.#source.offerSocket?.(ask);
  }

  cancel(reason?: unknown): void {
    if (this.#phase.name === 'settled') return;
    this.#queue.clear();
    if (this.#phase.name === 'draining') {
      const { generationId, audioUrl } = this.#phase.ending;
      this.#settle({ ...aborted(this.#source.vendor, 'yes'), generationId, audioUrl });
      return;
    }
    this.#source.cancel(reason);
    this.#end(aborted(this.#source.vendor, 'unknown'));
  }

  async toWav(): Promise<Uint8Array> {
    const chunks: Float32Array[] = [];
    for await (const chunk of this) chunks.push(chunk);
    return writeWav(chunks, (await this.format).sampleRate);
  }

  #createReadable(): ReadableStream<Float32Array> {
    let iterator: AsyncIterator<Float32Array> | undefined;
    const read = () => (iterator ??= this[Symbol.asyncIterator]());
    return new ReadableStream<Float32Array>(
      {
        pull: async (controller) => {
          const { done, value } = await read().next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: (reason) => this.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  }

  #setFormat(format: PcmFormat): void {
    if (this.#phase.name !== 'open') return;
    this.#pcm = format;
    this.#settleFormat.resolve(format);
  }

  #push(samples: Float32Array): void {
    if (this.#phase.name !== 'open' || samples.length === 0) return;
    this.#firstAudioMs ??= performance.now() - this.#startedAtMs;
    this.#samples += samples.length;
    this.#queue.push(samples);
    this.#serve();
  }

  #end(ending: SpeechEnding): void {
    if (this.#phase.name !== 'open') return;
    if (ending.error || this.#consumer === 'none' || this.#queue.length === 0) this.#settle(ending);
    else this.#phase = { name: 'draining', ending };
    this.#serve();
  }

  #settle(ending: SpeechEnding): void {
    const facts = { samples: this.#samples, sampleRate: this.#pcm?.sampleRate, firstAudioMs: this.#firstAudioMs };
    const outcome = settleOutcome(ending, facts);
    this.#phase = { name: 'settled', outcome };
    this.#release();
    this.#settleFormat.reject(outcome.error);
    this.#settleOutcome(outcome);
    this.#serve();
  }

  #next(): Promise<IteratorResult<Float32Array>> {
    return new Promise((resolve, reject) => {
      this.#readers.push({ resolve, reject });
      this.#serve();
    });
  }

  /** Answers waiting reads with audio; once there is no more, with the ending. */
  #serve(): void {
    while (this.#readers.length > 0) {
      const value = this.#queue.shift();
      if (!value) break;
      this.#readers.shift()?.resolve({ done: false, value });
    }
    if (this.#phase.name === 'draining' && this.#queue.length === 0) return this.#settle(this.#phase.ending);
    if (this.#phase.name !== 'settled') return;
    const { error } = this.#phase.outcome;
    for (const reader of this.#readers.splice(0)) {
      if (error && this.#consumer === 'reading') reader.reject(error);
      else reader.resolve({ done: true, value: undefined });
      this.#consumer = 'told';
    }
  }
}

/**
 * Makes a `SpeechStream` fed by a vendor client.
 *
 * @param signal aborting it is the same as `cancel()`; aborted beforehand, nothing is sent
 */
export function createSpeechStream(source: SpeechSource, signal?: AbortSignal): SpeechStream {
  return new QueuedSpeechStream(source, signal);
}
