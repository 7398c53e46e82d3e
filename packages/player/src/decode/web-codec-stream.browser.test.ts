import { expect, inject, it, vi } from 'vitest';

import { decoded, inPieces } from '../../tests/byte-sources.ts';
import { chirp, fidelity, lag } from '../../tests/chirp.ts';

const fixture = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await fetch(new URL(`../../tests/fixtures/${name}`, import.meta.url))).arrayBuffer());

it.each([1, 700, 100_000])(
  'MP3 with an Info tag is exactly the original length and in its place, in pieces of %d bytes',
  async (size) => {
    const { samples, sampleRate, error } = await decoded(inPieces(await fixture('lame-24000-mono.mp3'), [size]));
    const original = chirp(24_000);
    expect(error).toBeUndefined();
    expect(sampleRate).toBe(24_000);
    expect(samples).toHaveLength(original.length);
    expect(lag(samples, original)).toBe(0);
    expect(fidelity(samples, original)).toBeGreaterThan(25);
  },
);

it.each([1, 700, 100_000])('Ogg Opus is exactly the original length and in its place, in pieces of %d bytes', async (size) => {
  const { samples, sampleRate, error } = await decoded(inPieces(await fixture('opus-48000-mono.ogg'), [size]));
  const original = chirp(48_000);
  expect(error).toBeUndefined();
  expect(sampleRate).toBe(48_000);
  expect(samples).toHaveLength(original.length);
  const late = lag(samples, original, 200);
  expect(Math.abs(late)).toBeLessThanOrEqual(4); // libopus's own phase at this bitrate: 3 samples, 0.06 ms
  expect(fidelity(samples, original, late)).toBeGreaterThan(25);
});

it('MP3 that does not tell its delay is whole, late by what encoder and decoder need', async () => {
  const { samples, sampleRate, error } = await decoded(inPieces(await fixture('plain-44100-stereo.mp3'), [999]));
  expect(error).toBeUndefined();
  expect(sampleRate).toBe(44_100);
  expect(samples.length % 1152).toBe(0);
  expect(lag(samples, chirp(44_100))).toBe(1105);
});

it.each(['lame-24000-mono.mp3', 'opus-48000-mono.ogg'])('%s cut off is heard to there, then truncated', async (name) => {
  const file = await fixture(name);
  const whole = await decoded(inPieces(file, [500]));
  const { samples, error } = await decoded(inPieces(file.slice(0, Math.trunc(file.length * 0.7)), [500]));
  expect(error).toMatchObject({ kind: 'truncated' });
  expect(samples.length).toBeGreaterThan(whole.samples.length * 0.5);
  expect(samples).toEqual(whole.samples.slice(0, samples.length));
});

it('without a decoder for streams, the whole file is decoded at its own rate', async () => {
  vi.stubGlobal('AudioDecoder', undefined);
  try {
    const { samples, sampleRate, error } = await decoded(inPieces(await fixture('lame-24000-mono.mp3'), [500]));
    expect(error).toBeUndefined();
    expect(sampleRate).toBe(24_000);
    expect(samples.length).toBeGreaterThanOrEqual(14_400);
  } finally {
    vi.unstubAllGlobals();
  }
});

it('bytes that no decoder knows are not-audio', async () => {
  const rubbish = Uint8Array.from({ length: 4_000 }, (_, at) => (at * 7919) % 251);
  expect((await decoded(inPieces(rubbish, [512]))).error).toMatchObject({ kind: 'not-audio' });
});

it.each([
  ['mp3_24000_48', 24_000],
  ['mp3_44100_128', 44_100],
  ['opus_48000_32', 48_000],
])("the emulated vendor's %s is decoded", async (format, rate) => {
  const emulator = inject('emulator');
  const response = await fetch(new URL('/api/v1/tts/generate/', emulator.url), {
    method: 'POST',
    headers: { authorization: 'Bearer emulated', 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'Good morning, and welcome.', voice_id: 7, output_format: format }),
  });
  const { samples, sampleRate, error } = await decoded(response);
  expect(error).toBeUndefined();
  expect(sampleRate).toBe(rate);
  expect(samples.length).toBeGreaterThan(rate / 2);
});
