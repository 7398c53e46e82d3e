import { SpeechError } from '@saystream/errors';
import { expect, test } from 'vitest';

import { createSpeechStream, type SpeechSink } from './create-speech-stream.ts';
import type { SpeechStream } from './speech-stream.ts';

const format = { sampleRate: 24_000, channels: 1 } as const;
const second = () => new Float32Array(24_000).fill(0.5);
const lost = new SpeechError({ kind: 'connection-lost', vendor: 'test', message: 'The connection is gone.' });

/** A stream whose vendor is the test itself. */
function open(signal?: AbortSignal): { stream: SpeechStream; sink: SpeechSink; cancelled: unknown[] } {
  const cancelled: unknown[] = [];
  let sink: SpeechSink | undefined;
  const source = {
    vendor: 'test',
    start: (given: SpeechSink) => void (sink = given),
    cancel: (reason: unknown) => void cancelled.push(reason),
  };
  const stream = createSpeechStream(source, signal);
  const never = () => expect.fail('the source was never started');
  return { stream, sink: sink ?? { format: never, samples: never, end: never }, cancelled };
}

async function read(stream: AsyncIterable<Float32Array>): Promise<{ samples: number; error?: unknown }> {
  let samples = 0;
  try {
    for await (const chunk of stream) samples += chunk.length;
    return { samples };
  } catch (error) {
    return { samples, error };
  }
}

test('completed speech gives every sample and then ends', async () => {
  const { stream, sink } = open();
  const reading = read(stream);
  sink.format(format);
  sink.samples(second());
  sink.samples(second());
  sink.end({ billed: 'yes', generationId: 'gen_1', audioUrl: 'https://files.example/1.wav' });
  expect(await reading).toEqual({ samples: 48_000 });
  expect(await stream.outcome).toEqual({
    verdict: 'completed',
    samples: 48_000,
    durationMs: 2_000,
    firstAudioMs: expect.any(Number),
    billed: 'yes',
    generationId: 'gen_1',
    audioUrl: 'https://files.example/1.wav',
  });
});

test('audio that arrived before a break is delivered before iteration throws', async () => {
  const { stream, sink } = open();
  sink.format(format);
  sink.samples(second());
  sink.end({ error: lost, billed: 'unknown' });
  expect(await read(stream)).toEqual({ samples: 24_000, error: lost });
  expect(await stream.outcome).toMatchObject({ verdict: 'truncated', samples: 24_000, error: lost });
});

test('a stream that failed without audio says failed, and its format rejects without being unhandled', async () => {
  const { stream, sink } = open();
  sink.end({ error: lost, billed: 'no' });
  expect(await stream.outcome).toMatchObject({ verdict: 'failed', samples: 0, durationMs: 0, billed: 'no' });
  await expect(stream.format).rejects.toBe(lost);
});

test('what comes after the ending changes nothing', async () => {
  const { stream, sink } = open();
  sink.format(format);
  sink.samples(second());
  sink.end({ billed: 'yes' });
  sink.samples(second());
  sink.end({ error: lost, billed: 'unknown' });
  stream.cancel();
  expect(await read(stream)).toEqual({ samples: 24_000 });
  expect((await stream.outcome).verdict).toBe('completed');
});

test('nobody needs to listen for the outcome to settle', async () => {
  const { stream, sink } = open();
  sink.format(format);
  sink.samples(second());
  sink.end({ billed: 'yes' });
  expect((await stream.outcome).verdict).toBe('completed');
});

test('completed waits until the consumer has taken the last sample', async () => {
  const { stream, sink } = open();
  const iterator = stream[Symbol.asyncIterator]();
  sink.format(format);
  sink.samples(second());
  sink.end({ billed: 'yes' });
  expect(await Promise.race([stream.outcome, Promise.resolve('undelivered')])).toBe('undelivered');
  await iterator.next();
  expect((await stream.outcome).verdict).toBe('completed');
});

test('break after everything has arrived is still a cancel', async () => {
  const { stream, sink } = open();
  sink.format(format);
  sink.samples(second());
  sink.samples(second());
  const reading = (async () => {
    for await (const chunk of stream) return chunk.length;
    return 0;
  })();
  sink.end({ billed: 'yes', generationId: 'gen_2' });
  expect(await reading).toBe(24_000);
  expect(await stream.outcome).toMatchObject({
    verdict: 'cancelled',
    billed: 'yes',
    generationId: 'gen_2',
    error: { kind: 'aborted' },
  });
});

test.each(['cancel', 'break', 'readable', 'signal'])('%s ends the stream as cancelled', async (way) => {
  const abort = new AbortController();
  const { stream, sink, cancelled } = open(abort.signal);
  sink.format(format);
  sink.samples(second());
  if (way === 'cancel') stream.cancel('enough');
  if (way === 'signal') abort.abort('enough');
  if (way === 'readable') await stream.readable.cancel('enough');
  if (way === 'break') for await (const _chunk of stream) break;
  expect(await stream.outcome).toMatchObject({ verdict: 'cancelled', samples: 24_000, error: { kind: 'aborted' } });
  expect(cancelled).toHaveLength(1);
});

test('a cancel from elsewhere throws in the loop that is reading', async () => {
  const { stream } = open();
  const reading = read(stream);
  stream.cancel();
  expect(await reading).toMatchObject({ samples: 0, error: { kind: 'aborted' } });
});

test('a signal aborted beforehand starts nothing', async () => {
  let started = 0;
  const stream = createSpeechStream(
    { vendor: 'test', start: () => void (started += 1), cancel: () => undefined },
    AbortSignal.abort(),
  );
  expect(await stream.outcome).toMatchObject({ verdict: 'cancelled', billed: 'no', error: { kind: 'aborted' } });
  expect(started).toBe(0);
});

test('a second consumer is told that there can be only one', async () => {
  const { stream, sink } = open();
  sink.end({ billed: 'yes' });
  await read(stream);
  expect(() => stream[Symbol.asyncIterator]()).toThrow(TypeError);
  await expect(stream.toWav()).rejects.toThrow(TypeError);
});

test('reads that do not wait for each other are answered in order', async () => {
  const { stream, sink } = open();
  const iterator = stream[Symbol.asyncIterator]();
  const reads = [iterator.next(), iterator.next(), iterator.next(), iterator.next()];
  sink.format(format);
  sink.samples(Float32Array.of(1));
  sink.samples(Float32Array.of(2));
  sink.end({ error: lost, billed: 'unknown' });
  const results = await Promise.allSettled(reads);
  expect(results.map((it) => (it.status === 'fulfilled' ? (it.value.value?.[0] ?? 'done') : it.reason))).toEqual([
    1,
    2,
    lost,
    'done',
  ]);
});

test('readable carries the same samples and fails with the same error', async () => {
  const { stream, sink } = open();
  sink.format(format);
  sink.samples(second());
  sink.end({ error: lost, billed: 'unknown' });
  const reader = stream.readable.getReader();
  expect((await reader.read()).value).toHaveLength(24_000);
  await expect(reader.read()).rejects.toBe(lost);
});

test('looking at readable does not make it the consumer', async () => {
  const { stream, sink } = open();
  expect(stream.readable).toBeInstanceOf(ReadableStream);
  sink.format(format);
  sink.samples(second());
  sink.end({ billed: 'yes' });
  expect(await read(stream)).toEqual({ samples: 24_000 });
});

test('toWav gives a file of every sample, and rejects when the speech did not complete', async () => {
  const whole = open();
  whole.sink.format(format);
  whole.sink.samples(second());
  whole.sink.end({ billed: 'yes' });
  expect(await whole.stream.toWav()).toHaveLength(44 + 48_000);
  const cut = open();
  cut.sink.format(format);
  cut.sink.samples(second());
  cut.sink.end({ error: lost, billed: 'unknown' });
  await expect(cut.stream.toWav()).rejects.toBe(lost);
});

test('nothing stays attached to the caller’s signal', async () => {
  const { signal } = new AbortController();
  let attached = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...of: Parameters<typeof add>) => void ((attached += 1), add(...of));
  signal.removeEventListener = (...of: Parameters<typeof remove>) => void ((attached -= 1), remove(...of));
  const { stream, sink } = open(signal);
  expect(attached).toBe(1);
  sink.end({ error: lost, billed: 'no' });
  await stream.outcome;
  expect(attached).toBe(0);
});
