import { SpeechError } from '@saystream/errors';

import { writeWav } from '../audio/write-wav.ts';
import type { SocketConstructor } from '../socket/socket-like.ts';
import { onAbort } from '../timing/on-abort.ts';
import { mostSamplesOf } from './most-samples.ts';
import { createSampleQueue } from './sample-queue.ts';
import { settleOutcome, type DeliveredAudio, type SpeechEnding } from './speech-ending.ts';
import type { PcmFormat, SpeechOutcome, SpeechStream } from './speech-stream.ts';

/** Where a vendor client delivers the speech it receives. Calls after `end` are ignored. */
export interface SpeechSink {
  /** The format of the samples that follow. Call it before the first `samples`. */
  format(format: PcmFormat): void;
  /**
   * The next samples. The sink takes the array over.
   *
   * @throws SpeechError `bad-response` when they are more than the source's `mostSamples`
   */
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
  /** The most samples that the text can be. Default: half a gigabyte of them. */
  readonly mostSamples?: number | undefined;
  /** Begins the work. Not called when `signal` was aborted beforehand. Must not throw. */
  start(sink: SpeechSink): void;
  /** Whoever plays the stream offers a socket. For raw samples, one socket per stream. */
  offerSocket?(ask: AskForSocket): void;
  /** The caller wants no more: stop now and call `sink.end` with an `aborted` error. */
  cancel(reason: unknown): void;
}

/** `draining`: the vendor has completed, the consumer has not yet taken everything. */
type Phase = { name: 'open' } | { name: 'draining'; ending: SpeechEnding } | { name: 'settled' };

const aborted = (
  vendor: string,
  billed: SpeechEnding['billed'],
  { generationId, audioUrl }: Partial<SpeechEnding> = {},
): SpeechEnding => ({
  billed,
  generationId,
  audioUrl,
  error: new SpeechError({ kind: 'aborted', vendor, billed, message: 'The speech was cancelled.' }),
});

const tooMuch = (vendor: string): SpeechError =>
  new SpeechError({
    kind: 'bad-response',
    vendor,
    billed: 'unknown',
    message: 'The vendor sent more audio than the text can be.',
  });

/** The same samples as a web stream, which counts as their consumer from the first pull on. */
function webStreamOf(stream: SpeechStream): ReadableStream<Float32Array> {
  let iterator: AsyncIterator<Float32Array> | undefined;
  return new ReadableStream<Float32Array>(
    {
      async pull(controller) {
        iterator ??= stream[Symbol.asyncIterator]();
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: stream.cancel,
    },
    { highWaterMark: 0 },
  );
}

async function wavOf(stream: SpeechStream): Promise<Uint8Array> {
  const chunks: Float32Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return writeWav(chunks, (await stream.format).sampleRate);
}

/** What the consumer holds: one reading, in whichever form it is asked for. */
function readBy(
  read: () => AsyncGenerator<Float32Array, void, void>,
  known: Pick<SpeechStream, 'format' | 'outcome' | 'cancel'>,
): SpeechStream {
  let readable: ReadableStream<Float32Array> | undefined;
  const stream: SpeechStream = {
    ...known,
    get readable() {
      return (readable ??= webStreamOf(stream));
    },
    toWav: () => wavOf(stream),
    [Symbol.asyncIterator]() {
      const samples = read();
      return {
        next: () => samples.next(),
        return() {
          stream.cancel();
          return samples.return();
        },
      };
    },
  };
  return stream;
}

/** A promise to be settled from outside. */
function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((...settle) => ([resolve, reject] = settle));
  // Whoever awaits it is told; nobody has to.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/**
 * Makes a `SpeechStream` fed by a vendor client: a queue between the client and its consumer, and one ending.
 *
 * @param signal aborting it is the same as `cancel()`; aborted beforehand, nothing is sent
 */
export function createSpeechStream(source: SpeechSource, signal?: AbortSignal): SpeechStream {
  const { vendor } = source;
  const startedAtMs = performance.now();
  const queue = createSampleQueue();
  const audio: DeliveredAudio = { samples: 0, sampleRate: undefined, firstAudioMs: undefined };
  const format = deferred<PcmFormat>();
  const outcome = deferred<SpeechOutcome>();
  let phase: Phase = { name: 'open' };
  let isRead = false;
  let unlisten = (): void => undefined;

  function settle(ending: SpeechEnding): void {
    phase = { name: 'settled' };
    unlisten();
    outcome.resolve(settleOutcome(ending, audio));
    format.reject(ending.error);
    queue.close(ending.error);
  }
  function end(ending: SpeechEnding): void {
    if (phase.name !== 'open') return;
    if (ending.error || !isRead || queue.length === 0) settle(ending);
    else phase = { name: 'draining', ending };
  }
  function cancel(reason?: unknown): void {
    if (phase.name === 'settled') return;
    queue.clear();
    if (phase.name === 'draining') return settle(aborted(vendor, 'yes', phase.ending));
    try {
      source.cancel(reason);
    } finally {
      end(aborted(vendor, 'unknown'));
    }
  }
  const sink: SpeechSink = {
    format(pcm) {
      if (phase.name !== 'open') return;
      audio.sampleRate = pcm.sampleRate;
      format.resolve(pcm);
    },
    samples(samples) {
      if (phase.name !== 'open' || samples.length === 0) return;
      if (audio.samples + samples.length > (source.mostSamples ?? mostSamplesOf(Infinity))) throw tooMuch(vendor);
      audio.firstAudioMs ??= performance.now() - startedAtMs;
      audio.samples += samples.length;
      queue.push(samples);
    },
    end,
  };
  function read(): AsyncGenerator<Float32Array, void, void> {
    if (isRead) throw new TypeError('A SpeechStream has one consumer.');
    isRead = true;
    return queue.read(() => phase.name === 'draining' && queue.length === 0 && settle(phase.ending));
  }
  if (signal?.aborted) settle(aborted(vendor, 'no'));
  else {
    unlisten = onAbort(signal, cancel);
    source.start(sink);
  }
  const stream = readBy(read, { format: format.promise, outcome: outcome.promise, cancel });
  return Object.assign(stream, { [offerSocket]: (ask: AskForSocket) => source.offerSocket?.(ask) });
}
