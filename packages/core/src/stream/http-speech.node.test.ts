import { SpeechError } from '@saystream/errors';
import { expect, test } from 'vitest';

import { CallMistake } from '../http/call-mistake.ts';
import { createHttpSpeech, type HttpSpeech } from './http-speech.ts';
import { mostSamplesOf } from './most-samples.ts';

const speech = (speak: HttpSpeech['speak'], text = 'hello') =>
  createHttpSpeech({ vendor: 'sauti', text, textMs: 1_000, totalMs: 5_000, speak });

test.each<[string, unknown, object]>([
  ['a mistake of the caller', new CallMistake('sauti: a header holds a line break.'), { kind: 'invalid-request', billed: 'no' }],
  ['a SpeechError', new SpeechError({ kind: 'busy', vendor: 'sauti', message: 'x', billed: 'no' }), { kind: 'busy', billed: 'no' }],
  ['anything else', new RangeError('x'), { kind: 'unknown', billed: 'unknown' }],
])('%s ends a stream over HTTP by its own kind', async (_title, thrown, expected) => {
  const { error, verdict } = await speech(() => Promise.reject(thrown)).outcome;
  expect(verdict).toBe('failed');
  expect(error).toMatchObject(expected);
  if (thrown instanceof CallMistake) expect(error?.message).toBe(thrown.message);
}); // prettier-ignore

test('more audio than the text can be ends a stream over HTTP, and the vendor’s work with it', async () => {
  const second = 24_000;
  let signal: AbortSignal | undefined;
  const stream = speech(async (_text, sink) => {
    ({ signal } = sink);
    for (;;) {
      sink.samples(new Float32Array(second), second);
      await Promise.resolve();
    }
  });
  const outcome = await stream.outcome;
  expect(outcome).toMatchObject({ verdict: 'truncated', billed: 'unknown', error: { kind: 'bad-response' } });
  expect(outcome.samples).toBeLessThanOrEqual(mostSamplesOf('hello'.length));
  expect(signal?.aborted).toBe(true);
});

test('a text of any length has a bound', () => {
  expect(mostSamplesOf(0)).toBeGreaterThan(0);
  expect(mostSamplesOf(50_000)).toBe(mostSamplesOf(Infinity));
  expect(Number.isFinite(mostSamplesOf(Infinity))).toBe(true);
});
