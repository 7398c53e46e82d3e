import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { toneVoice, type Emulator } from '../index.ts';
import { distance, readWav } from '../../tests/read-wav.ts';
import { sautiKey, startFast } from '../../tests/sauti-calls.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startFast();
});
afterAll(() => emulator.close());

const text = 'Habari ya leo.';
const seconds = 0.84;

/** The file of a text, and what the answer says of its length. */
async function fileOf(scenario?: string, voice_settings?: object) {
  const { json } = await sautiKey(emulator, scenario).synthesise({ text, ...(voice_settings && { voice_settings }) });
  return { json, file: Buffer.from(String(json['audio_base64']), 'base64') };
}
/** What the emulator says that it sounds like. */
async function heard(rate: number, speed = 1): Promise<Float32Array> {
  const response = await fetch(`${emulator.url}/emulator/voice?text=${encodeURIComponent(text)}&rate=${rate}&speed=${speed}`);
  return new Float32Array(await response.arrayBuffer());
}

test('the file is WAV at 16,000 Hz, 16 bits, mono, and its sizes are right', async () => {
  const { file } = await fileOf();
  const { samples, ...head } = readWav(file);
  expect(head).toEqual({
    chunks: ['fmt ', 'data'],
    riffBytes: file.length - 8,
    format: 1,
    channels: 1,
    rate: 16_000,
    bytesPerSecond: 32_000,
    align: 2,
    bits: 16,
  });
  expect(samples[0]).toHaveLength(seconds * 16_000);
  expect(file.length).toBe(44 + seconds * 16_000 * 2);
});

test('its samples are those of the voice, by linear interpolation', async () => {
  const { samples } = readWav((await fileOf()).file);
  expect(distance(samples[0] as Float32Array, await heard(16_000))).toBeLessThan(1 / 65_000);
  // Every third sample of 24,000 Hz is every second of 16,000 Hz.
  const voice = toneVoice(text);
  const thirds = Float32Array.from({ length: voice.length / 3 }, (_, i) => voice[i * 3] ?? 0);
  expect(
    distance(
      (samples[0] as Float32Array).filter((_, i) => i % 2 === 0),
      thirds,
    ),
  ).toBeLessThan(1 / 65_000);
});

describe('settings', () => {
  test.each([
    [2, seconds / 2],
    [0.5, seconds * 2],
    [1.25, seconds / 1.25],
  ])('a speaking_rate of %d makes it %d s long', async (speaking_rate, expected) => {
    const { json, file } = await fileOf(undefined, { speaking_rate });
    expect(json['duration_seconds']).toBeCloseTo(expected, 1);
    const [samples] = readWav(file).samples as [Float32Array];
    expect(Math.abs(samples.length - expected * 16_000)).toBeLessThanOrEqual(1);
    expect(distance(samples, await heard(16_000, speaking_rate))).toBeLessThan(1 / 65_000);
  });

  test.each([0, -1, 1e-9, 1e308])(
    'a speaking_rate of %d is accepted, and does not grow beyond all bounds',
    async (speaking_rate) => {
      const { json } = await fileOf(undefined, { speaking_rate });
      expect(json['duration_seconds']).toBeCloseTo(speaking_rate > 1 ? seconds / 10 : seconds * 10, 1);
    },
  );

  test('noise_scale and noise_scale_duration change nothing', async () => {
    expect((await fileOf(undefined, { noise_scale: 0, noise_scale_duration: 2 })).file).toEqual((await fileOf()).file);
  });
});

describe('formats', () => {
  test.each([8_000, 11_025, 22_050, 24_000, 44_100, 48_000])('sauti-wav-%i: the file has this rate', async (rate) => {
    const { json, file } = await fileOf(`sauti-wav-${rate}`);
    const wav = readWav(file);
    expect([wav.rate, wav.bytesPerSecond]).toEqual([rate, rate * 2]);
    expect(Math.abs((wav.samples[0]?.length ?? 0) - seconds * rate)).toBeLessThanOrEqual(1);
    expect(distance(wav.samples[0] as Float32Array, await heard(rate))).toBeLessThan(1 / 65_000);
    expect(json['duration_seconds']).toBe(seconds);
  });

  test.each([
    ['sauti-8bit', 1, 8, 1 / 250],
    ['sauti-24bit', 1, 24, 1e-6],
    ['sauti-float32', 3, 32, 0],
  ])('%s: format %i with %i bits', async (scenario, format, bits, nearness) => {
    const wav = readWav((await fileOf(scenario)).file);
    expect([wav.format, wav.bits, wav.align, wav.bytesPerSecond]).toEqual([format, bits, bits / 8, 16_000 * (bits / 8)]);
    expect(distance(wav.samples[0] as Float32Array, await heard(16_000))).toBeLessThanOrEqual(nearness);
  });

  test('sauti-stereo: two channels hold the same', async () => {
    const wav = readWav((await fileOf('sauti-stereo')).file);
    expect([wav.channels, wav.align, wav.bytesPerSecond]).toEqual([2, 4, 64_000]);
    expect(wav.samples[0]).toEqual(wav.samples[1]);
    expect(distance(wav.samples[0] as Float32Array, await heard(16_000))).toBeLessThan(1 / 65_000);
  });

  test('sauti-extra-chunks: others come before the data, one of odd length', async () => {
    const { file } = await fileOf('sauti-extra-chunks');
    const wav = readWav(file);
    expect(wav.chunks).toEqual(['fmt ', 'LIST', 'odd!', 'data']);
    expect(file.readUInt32LE(file.indexOf('odd!') + 4) % 2).toBe(1);
    expect(wav.riffBytes).toBe(file.length - 8);
    expect(wav.samples).toEqual(readWav((await fileOf()).file).samples);
  });

  test('formats can be joined', async () => {
    const wav = readWav((await fileOf('sauti-wav-22050~sauti-float32~sauti-stereo~sauti-extra-chunks')).file);
    expect([wav.rate, wav.bits, wav.channels, wav.chunks.length]).toEqual([22_050, 32, 2, 4]);
  });
});

describe('what is no sound', () => {
  test('sauti-bad-base64: letters that base64 does not have', async () => {
    const { json } = await fileOf('sauti-bad-base64');
    expect(json['audio_base64']).not.toMatch(/^[A-Za-z0-9+/=]*$/);
    expect(json['duration_seconds']).toBe(seconds);
  });

  test('sauti-cut-base64: the header promises twice as much as there is', async () => {
    const { file } = await fileOf('sauti-cut-base64');
    const promised = file.readUInt32LE(4) + 8;
    expect(file.length).toBe(promised >> 1);
  });

  test('sauti-no-audio: the member is not there, the others are', async () => {
    const { json } = await fileOf('sauti-no-audio');
    expect(json).not.toHaveProperty('audio_base64');
    expect(json).toMatchObject({ content_type: 'audio/wav', duration_seconds: seconds });
  });

  test('sauti-not-wav: a web page in base64', async () => {
    expect((await fileOf('sauti-not-wav')).file.toString()).toMatch(/^<!doctype html>/);
  });
});
