import type { EncodedSource } from '@saystream/player';
import { describe, expect, it } from 'vitest';

import { decoded, inPieces, wavFile } from '../../tests/byte-sources.ts';
import { chirp } from '../../tests/chirp.ts';
import { pcmSourceOf } from './pcm-source-of.ts';
import { saveWav, toWav } from './save-wav.ts';

const signal = chirp(24_000, 0.1).map((sample) => (Math.round(sample * 2 ** 15) || 0) / 2 ** 15);
const wav = toWav(signal, 24_000);

it.each<[string, () => EncodedSource]>([
  ['a Response', () => new Response(wav)],
  ['a Response of the wrong type', () => new Response(wav, { headers: { 'content-type': 'text/html' } })],
  ['a Blob', () => new Blob([wav])],
  ['a ReadableStream', () => inPieces(wav, [1000])],
  ['a file', () => ({ bytes: wav, mimeType: 'audio/mpeg' })],
])('%s is decoded by what it holds', async (_, source) => {
  expect(await decoded(source())).toEqual({ samples: signal, error: undefined, sampleRate: 24_000 });
});

it('samples come while the bytes are still arriving', async () => {
  let send!: ReadableStreamDefaultController<Uint8Array>;
  const source = pcmSourceOf(new ReadableStream({ start: (controller) => void (send = controller) }));
  const samples = source[Symbol.asyncIterator]();
  send.enqueue(wav.slice(0, 244));
  expect((await samples.next()).value).toEqual(signal.slice(0, 100));
  await samples.return?.();
});

it.each([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [418, 'invalid-request'],
  [429, 'rate-limited'],
  [500, 'vendor-fault'],
  [503, 'unavailable'],
])('an answer of %d is an error of kind %s', async (status, kind) => {
  expect((await decoded(new Response('{}', { status }))).error).toMatchObject({ kind, vendor: 'player' });
});

it.each(['<!doctype html><title>Sign in</title>', '{"error":"no"}', '', 'Service is down for maintenance.'])(
  'text in the place of audio is not-audio: %j',
  async (text) => {
    expect((await decoded(new Response(text))).error).toMatchObject({ kind: 'not-audio' });
  },
);

it('something that is no source at all is not-audio', async () => {
  expect((await decoded({} as Blob)).error).toMatchObject({ kind: 'not-audio' });
  const strings = new ReadableStream({ start: (controller) => controller.enqueue('text') });
  expect((await decoded(strings)).error).toMatchObject({ kind: 'not-audio' });
});

describe('a stream that breaks', () => {
  it('gives what arrived, then says that the connection was lost', async () => {
    const { samples, error } = await decoded(inPieces(wav.slice(0, 1044), [300], new TypeError('network error')));
    expect(samples).toEqual(signal.slice(0, 500));
    expect(error).toMatchObject({ kind: 'connection-lost' });
  });

  it('is aborted when it was aborted, and keeps an error that has a kind', async () => {
    expect((await decoded(inPieces(wav, [99], new DOMException('', 'AbortError')))).error).toMatchObject({ kind: 'aborted' });
  });
});

it('cancelling it stops the reading of the source, and ends the iteration', async () => {
  let reason: unknown;
  const source = pcmSourceOf(
    new ReadableStream({
      start: (controller) => controller.enqueue(wav.slice(0, 500)),
      cancel: (why) => void (reason = why),
    }),
  );
  const samples = source[Symbol.asyncIterator]();
  await samples.next();
  const waiting = samples.next();
  source.cancel?.('enough');
  expect((await waiting).done).toBe(true);
  expect(reason).toBe('enough');
});

it('a WAV file that is saved holds the samples that were decoded', async () => {
  expect(await saveWav({ bytes: wavFile(signal, { bits: 24 }), mimeType: '' })).toEqual(wav);
  await expect(saveWav(new Response(wav.slice(0, -10)))).rejects.toMatchObject({ kind: 'truncated' });
});
