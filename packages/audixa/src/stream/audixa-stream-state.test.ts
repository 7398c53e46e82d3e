import { SpeechError } from '@saystream/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { limitOf, nextStreamState, type AudixaStreamEvent, type AudixaStreamState } from './audixa-stream-state.ts';

const begin = { name: 'gathering' } as AudixaStreamState;
const run = (...events: AudixaStreamEvent[]): AudixaStreamState => events.reduce(nextStreamState, begin);

const gathered: AudixaStreamEvent = { type: 'gathered' };
const opened: AudixaStreamEvent = { type: 'opened' };
const started: AudixaStreamEvent = { type: 'started', generationId: 'gen_1' };
const anonymous: AudixaStreamEvent = { type: 'started', generationId: undefined };
const audio: AudixaStreamEvent = { type: 'audio' };
const completed: AudixaStreamEvent = { type: 'completed', audioUrl: 'https://files.example/1.wav', leftover: 0 };
const cancelled: AudixaStreamEvent = { type: 'cancelled' };
const close = (code: number): AudixaStreamEvent => ({ type: 'closed', code, reason: '', wasClean: code !== 1006 });
const error = (message: string): AudixaStreamEvent => ({ type: 'error', message });
const passed = (limit: 'connect' | 'first-audio' | 'stall' | 'total'): AudixaStreamEvent => ({
  type: 'limit-passed',
  limit,
  afterMs: 1,
});

const endOf = (state: AudixaStreamState) => {
  if (state.name !== 'ended') return expect.fail(`the stream is ${state.name}`);
  const { error: why, ...rest } = state.ending;
  return { ...rest, kind: why?.kind, limit: why?.limit };
};

const any: AudixaStreamEvent[] = [
  gathered, opened, started, anonymous, audio, completed, { ...completed, leftover: 2 }, error('Invalid API Key'), error('boom'),
  close(1000), close(1003), close(1006), close(1008), close(1011), close(4401), { type: 'unexplained' },
  passed('connect'), passed('first-audio'), passed('stall'), passed('total'), cancelled,
  { type: 'broken', error: new SpeechError({ kind: 'not-audio', vendor: 'audixa', message: 'x' }) },
  { type: 'recovered', how: 'exact', audioUrl: 'https://files.example/1.wav' }, { type: 'unrecoverable' },
]; // prettier-ignore

test('a stream that goes well is completed and paid for', () => {
  expect(endOf(run(gathered, opened, started, audio, audio, completed))).toEqual({
    kind: undefined, limit: undefined, billed: 'yes', generationId: 'gen_1', audioUrl: 'https://files.example/1.wav',
  }); // prettier-ignore
});

test('an ended stream never changes, whatever comes', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...any), { maxLength: 30 }), (events) => {
      let state = begin;
      let end: AudixaStreamState | undefined;
      for (const event of events) {
        state = nextStreamState(state, event);
        if (end) expect(state).toBe(end);
        else if (state.name === 'ended') end = state;
      }
    }),
  );
});

test('every state can be cancelled', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...any), { maxLength: 12 }), (events) => {
      expect(nextStreamState(run(...events), cancelled).name).toBe('ended');
    }),
  );
});

test('no close leaves a stream open, in no state and with no code', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...any), { maxLength: 12 }), fc.integer({ min: 1000, max: 4999 }), (events, code) => {
      expect(['ended', 'recovering']).toContain(nextStreamState(run(...events), close(code)).name);
    }),
  );
});

test.each([
  [1003, 'invalid-request'],
  [1008, 'unauthorized'],
  [1011, 'vendor-fault'],
  [1000, 'truncated'],
  [1005, 'truncated'],
  [1006, 'connection-lost'],
  [1001, 'connection-lost'],
  [1009, 'too-large'],
])('close %i while waiting is %s', (code, kind) => {
  expect(endOf(run(gathered, opened, close(code)))).toMatchObject({ kind, billed: 'unknown' });
});

test('a connection that never was is unreachable and costs nothing', () => {
  expect(endOf(run(gathered, close(1006)))).toMatchObject({ kind: 'unreachable', billed: 'no' });
});

test('a close of any code after completed does not undo success', () => {
  for (const code of [1000, 1003, 1006, 1008, 1011, 4401]) {
    expect(endOf(run(gathered, opened, started, audio, completed, close(code)))).toMatchObject({
      kind: undefined,
      billed: 'yes',
    });
  }
});

test('a break in mid-stream keeps the generation id, so that the finished file can be fetched', () => {
  for (const event of [close(1000), close(1006), close(1011), passed('stall')]) {
    expect(run(gathered, opened, started, audio, event)).toMatchObject({ name: 'recovering', generationId: 'gen_1' });
  }
});

test('a refusal in mid-stream is not recovered from', () => {
  for (const code of [1003, 1008, 1009]) expect(run(gathered, opened, started, audio, close(code)).name).toBe('ended');
  expect(run(gathered, opened, started, audio, passed('total')).name).toBe('ended');
});

test('without a generation id there is nothing to recover', () => {
  expect(endOf(run(gathered, opened, anonymous, audio, close(1006)))).toMatchObject({ kind: 'connection-lost' });
});

test('a recovered stream is complete, and an unrecoverable one reports the first break', () => {
  const broken = [gathered, opened, started, audio, close(1000)];
  expect(endOf(run(...broken, { type: 'recovered', how: 'exact', audioUrl: 'u' }))).toMatchObject({
    kind: undefined,
    recovered: 'exact',
    billed: 'yes',
  });
  expect(endOf(run(...broken, close(1006), { type: 'unrecoverable' }))).toMatchObject({
    kind: 'truncated',
    generationId: 'gen_1',
  });
  expect(endOf(run(...broken, passed('total')))).toMatchObject({ kind: 'timeout', limit: 'total' });
});

test('the close that follows an error frame says what kind it is', () => {
  expect(endOf(run(gathered, opened, error('Invalid API Key'), close(1008)))).toMatchObject({ kind: 'unauthorized' });
  expect(endOf(run(gathered, opened, error('text is required'), close(1003)))).toMatchObject({ kind: 'invalid-request' });
});

test('an error frame that no close explains is about the key, or the vendor’s fault', () => {
  expect(endOf(run(gathered, opened, error('Invalid API Key'), { type: 'unexplained' }))).toMatchObject({ kind: 'unauthorized' });
  expect(endOf(run(gathered, opened, error('Redis failure'), { type: 'unexplained' }))).toMatchObject({ kind: 'vendor-fault' });
  expect(endOf(run(gathered, opened, anonymous, audio, error('Invalid API Key'), { type: 'unexplained' }))).toMatchObject({
    kind: 'vendor-fault',
  });
});

test('after an error frame, completed comes too late', () => {
  expect(run(gathered, opened, started, audio, error('boom'), completed).name).toBe('refused');
});

test('audio before started is delivered all the same, and started then names the generation', () => {
  expect(run(gathered, opened, audio, started)).toEqual({ name: 'streaming', generationId: 'gen_1' });
});

test('a second started changes nothing', () => {
  const again: AudixaStreamEvent = { type: 'started', generationId: 'gen_2' };
  expect(run(gathered, opened, started, audio, again)).toMatchObject({ generationId: 'gen_1' });
});

test('completed without any audio is not-audio', () => {
  expect(endOf(run(gathered, opened, started, completed))).toMatchObject({ kind: 'not-audio', billed: 'unknown' });
  expect(endOf(run(gathered, opened, completed))).toMatchObject({ kind: 'not-audio' });
});

test('completed in the middle of a sample is truncated', () => {
  expect(endOf(run(gathered, opened, anonymous, audio, { ...completed, leftover: 3 }))).toMatchObject({ kind: 'truncated' });
});

test('each silence has its limit, and the one for the first audio is not restarted by started', () => {
  const limits = [[gathered], [opened], [started], [audio], [completed]].map((_, i, all) =>
    limitOf(run(...all.slice(0, i + 1).flat())),
  );
  expect(limits).toEqual(['connect', 'first-audio', 'first-audio', 'stall', undefined]);
  expect(endOf(run(gathered, passed('connect')))).toMatchObject({ kind: 'timeout', limit: 'connect', billed: 'no' });
  expect(endOf(run(gathered, opened, passed('first-audio')))).toMatchObject({
    kind: 'timeout',
    limit: 'first-audio',
    billed: 'unknown',
  });
});

test('a cancel before the request was sent costs nothing', () => {
  expect(endOf(run(cancelled))).toMatchObject({ kind: 'aborted', billed: 'no' });
  expect(endOf(run(gathered, cancelled))).toMatchObject({ kind: 'aborted', billed: 'no' });
  expect(endOf(run(gathered, opened, cancelled))).toMatchObject({ kind: 'aborted', billed: 'unknown' });
});
