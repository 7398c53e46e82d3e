import type { PcmSource } from '@saystream/player';
import { expect, test } from 'vitest';

import { RecordedSpeech } from './recorded-speech.ts';

const chunk = (length: number, value: number): Float32Array => new Float32Array(length).fill(value);

interface Fake extends PcmSource {
  readonly cancelled: unknown[];
}

function fakeSpeech(chunks: readonly Float32Array[], error?: Error): Fake {
  const cancelled: unknown[] = [];
  return {
    cancelled,
    format: Promise.resolve({ sampleRate: 1000 }),
    cancel: (reason) => void cancelled.push(reason),
    async *[Symbol.asyncIterator]() {
      yield* chunks.map((each) => each.slice());
      if (error) throw error;
    },
  };
}

async function play(source: PcmSource): Promise<number[]> {
  const samples: number[] = [];
  for await (const each of source) {
    samples.push(...each);
    structuredClone(each, { transfer: [each.buffer as ArrayBuffer] }); // as a player that gives the samples to its audio thread
  }
  return samples;
}

test('what was heard whole is heard again without asking again, sample by sample', async () => {
  let asked = 0;
  const recorded = new RecordedSpeech(() => {
    asked++;
    return fakeSpeech([chunk(100, 0.25), chunk(50, -0.5)]);
  });
  expect(recorded.isWhole).toBe(false);
  const source = recorded.source();
  const heard = await play(source);
  expect(await source.format).toEqual({ sampleRate: 1000 });
  expect(heard).toHaveLength(150);
  expect(recorded).toMatchObject({ isWhole: true, duration: 0.15, seconds: 0.15 });
  expect(recorded.levels).toEqual([0.25, 0.25, 0.5]);
  expect(await play(recorded.source())).toEqual(heard);
  expect(await play(recorded.source())).toEqual(heard);
  expect(recorded.levels).toEqual([0.25, 0.25, 0.5]);
  expect(asked).toBe(1);
});

test('what broke off is not whole, has no length, and its error is told', async () => {
  const recorded = new RecordedSpeech(() => fakeSpeech([chunk(100, 1)], new Error('broke off')));
  await expect(play(recorded.source())).rejects.toThrow('broke off');
  expect(recorded).toMatchObject({ isWhole: false, duration: undefined, seconds: 0.1 });
});

test('what cannot be asked for fails when it is played, not before', async () => {
  const recorded = new RecordedSpeech(() => {
    throw new TypeError('no voice');
  });
  const source = recorded.source();
  expect(() => source.cancel?.()).not.toThrow();
  await expect(play(source)).rejects.toThrow('no voice');
});

test('a cancelled playback cancels the speech', async () => {
  const speech = fakeSpeech([chunk(100, 1)]);
  const source = new RecordedSpeech(() => speech).source();
  await source[Symbol.asyncIterator]().next();
  source.cancel?.('enough');
  expect(speech.cancelled).toEqual(['enough']);
});

test('speech beyond three minutes is played and measured, but not kept', async () => {
  const minutes = Array.from({ length: 4 }, () => chunk(60_000, 0.5));
  const recorded = new RecordedSpeech(() => fakeSpeech(minutes));
  expect(await play(recorded.source()).then(({ length }) => length)).toBe(240_000);
  expect(recorded).toMatchObject({ isWhole: false, duration: 240 });
  expect(recorded.levels).toHaveLength(4800);
});
