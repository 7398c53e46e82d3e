import { SpeechError } from '@saystream/errors';

import { writeWav } from '../audio/write-wav.ts';
import type { SocketConstructor } from '../socket/socket-like.ts';
import { onAbort } from '../timing/on-abort.ts';
import { mostSamplesOf } from './most-samples.ts';
import { createSampleQueue, type SampleQueue } from './sample-queue.ts';
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

/** Not public: the player knows this method by its symbol (`follow-playback.ts` there). */
const followPlayback: unique symbol = Symbol.for('saystream.followPlayback');

/** The consumer of a stream, as its source sees it. */
export interface SpeechConsumer {
  /** `reading`: somebody takes the audio. `counting`: somebody has asked for `outcome` alone. `none`: neither, until now. */
  readonly interest: 'none' | 'counting' | 'reading';
  /** Samples that arrived and were not taken, and those taken last: until the consumer asks for more, it may be busy with them. */
  readonly unread: number;
  /** Samples that arrived and will never be taken: the caller stopped before. */
  readonly dropped: number;
}

/** What a vendor client brings to a stream. */
export interface SpeechSource {
  /** Names the vendor in errors: `audixa`, `sauti`, `moknah`. */
  readonly vendor: string;
  /** The most samples that the text can be. Default: half a gigabyte of them. */
  readonly mostSamples?: number | undefined;
  /** Begins the work. Not called when `signal` was aborted beforehand. Must not throw. */
  start(sink: SpeechSink, consumer: SpeechConsumer): void;
  /** The consumer has taken samples, or its interest has changed. Must not throw. */
  taken?(): void;
  /** Returns further members of the outcome. Called once, when the outcome settles. */
  account?(): object;
  /**
   * A player takes the samples as they come, and tells how much of them it has not played, in milliseconds. Returns what the player
   * calls when it has played some.
   */
  followPlayback?(bufferedMs: () => number): () => void;
  /** Whoever plays the stream offers a socket. For raw samples, one socket per stream. */
  offerSocket?(ask: AskForSocket): void;
  /** The caller wants no more: stop now and call `sink.end` with an `aborted` error. */
  cancel(reason: unknown): void;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

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

/** Checks how many samples of a source have come. @throws SpeechError `bad-response` when they are more than there can be */
export function checkAmount({ vendor, mostSamples = mostSamplesOf(Infinity) }: SpeechSource, samples: number): void {
  if (samples <= mostSamples) return;
  const message = 'The vendor sent more audio than the text can be.';
  throw new SpeechError({ kind: 'bad-response', vendor, billed: 'unknown', message });
}

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
  known: Pick<SpeechStream, 'format' | 'cancel'>,
  outcome: () => SpeechStream['outcome'],
): SpeechStream {
  let readable: ReadableStream<Float32Array> | undefined;
  const stream: SpeechStream = {
    ...known,
    get outcome() {
      return outcome();
    },
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

const consumerOf = (queue: SampleQueue, audio: DeliveredAudio) => {
  let done = 0;
  let taken = 0;
  const consumer: Writable<SpeechConsumer> = {
    interest: 'none',
    dropped: 0,
    get unread() {
      return audio.samples - done;
    },
  };
  /** The consumer has asked for more, and has been given what was there. */
  const asksForMore = (): void => {
    done = taken;
    taken = audio.samples - queue.length;
  };
  return { consumer, asksForMore };
};

/** A promise to be settled from outside. */
function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((...settle) => ([resolve, reject] = settle));
  // Whoever awaits it is told; nobody has to.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

const forPlayer = (source: SpeechSource) => ({
  [offerSocket]: (ask: AskForSocket) => source.offerSocket?.(ask),
  [followPlayback]: (bufferedMs: () => number) => source.followPlayback?.(bufferedMs),
});

interface Counting {
  readonly source: SpeechSource;
  readonly startedAtMs: number;
  readonly isOpen: () => boolean;
  readonly format: (format: PcmFormat) => void;
}

/** Counts what a source delivers, and queues it. */
const countInto = (
  queue: SampleQueue,
  audio: DeliveredAudio,
  { source, startedAtMs, isOpen, format }: Counting,
): Omit<SpeechSink, 'end'> => ({
  format(pcm) {
    if (!isOpen()) return;
    audio.sampleRate = pcm.sampleRate;
    format(pcm);
  },
  samples(samples) {
    if (!isOpen() || samples.length === 0) return;
    checkAmount(source, audio.samples + samples.length);
    audio.firstAudioMs ??= performance.now() - startedAtMs;
    audio.samples += samples.length;
    queue.push(samples);
  },
});

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
  const { consumer, asksForMore } = consumerOf(queue, audio);
  let unlisten = (): void => undefined;

  function settle(ending: SpeechEnding): void {
    phase = { name: 'settled' };
    unlisten();
    outcome.resolve({ ...settleOutcome(ending, audio), ...source.account?.() });
    format.reject(ending.error);
    queue.close(ending.error);
  }
  function end(ending: SpeechEnding): void {
    if (phase.name !== 'open') return;
    if (ending.error || consumer.interest !== 'reading' || queue.length === 0) settle(ending);
    else phase = { name: 'draining', ending };
  }
  function cancel(reason?: unknown): void {
    if (phase.name === 'settled') return;
    consumer.dropped = queue.length;
    queue.clear();
    if (phase.name === 'draining') return settle(aborted(vendor, 'yes', phase.ending));
    try {
      source.cancel(reason);
    } finally {
      end(aborted(vendor, 'unknown'));
    }
  }
  const isOpen = (): boolean => phase.name === 'open';
  const sink: SpeechSink = { ...countInto(queue, audio, { source, startedAtMs, isOpen, format: format.resolve }), end };
  function read(): AsyncGenerator<Float32Array, void, void> {
    if (consumer.interest === 'reading') throw new TypeError('A SpeechStream has one consumer.');
    consumer.interest = 'reading';
    return queue.read(() => {
      asksForMore();
      if (phase.name === 'draining' && queue.length === 0) settle(phase.ending);
      else if (phase.name === 'open') source.taken?.();
    });
  }
  function askOutcome(): Promise<SpeechOutcome> {
    if (consumer.interest === 'none' && phase.name === 'open') {
      consumer.interest = 'counting';
      source.taken?.();
    }
    return outcome.promise;
  }
  if (signal?.aborted) settle(aborted(vendor, 'no'));
  else {
    unlisten = onAbort(signal, cancel);
    source.start(sink, consumer);
  }
  const stream = readBy(read, { format: format.promise, cancel }, askOutcome);
  return Object.assign(stream, forPlayer(source));
}
