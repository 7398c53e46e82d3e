import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startEmulator, toneVoice, type Emulator } from '../index.ts';
import { readMp3, readOgg } from '../../tests/read-compressed.ts';
import { distance } from '../../tests/read-wav.ts';
import { moknahKey } from '../../tests/moknah-calls.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: Infinity });
});
afterAll(() => emulator.close());

const text = 'مرحبا بكم في المدينة';
const seconds = toneVoice(text).length / 24_000;

async function fileOf(output_format?: string, scenario?: string) {
  const { headers, bytes } = await moknahKey(emulator, scenario).generate({
    text,
    voice_id: 1,
    ...(output_format && { output_format }),
  });
  return { type: headers.get('content-type'), bytes };
}

describe('MP3', () => {
  test.each([
    ['mp3_22050_32', 22_050, 32],
    ['mp3_24000_48', 24_000, 48],
    ['mp3_44100_32', 44_100, 32],
    ['mp3_44100_64', 44_100, 64],
    ['mp3_44100_96', 44_100, 96],
    ['mp3_44100_128', 44_100, 128],
    ['mp3_44100_192', 44_100, 192],
  ])('%s: whole frames of that rate and bitrate, as long as the voice', async (format, rate, kbits) => {
    const { type, bytes } = await fileOf(format);
    const mp3 = readMp3(bytes);
    expect([type, mp3.rates, mp3.kbits, mp3.channels]).toEqual(['audio/mpeg', [rate], [kbits], [1]]);
    expect(mp3.seconds).toBeGreaterThanOrEqual(seconds);
    expect(mp3.seconds).toBeLessThan(seconds + 0.03);
    // Padding keeps the bitrate to the byte.
    expect(bytes.length).toBe(Math.floor(mp3.seconds * kbits * 125 + 1e-6));
  });

  test('it is what comes without a format: 44,100 Hz at 128 kbit/s', async () => {
    expect((await fileOf()).bytes).toEqual((await fileOf('mp3_44100_128')).bytes);
  });
});

describe('PCM', () => {
  test.each([8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])(
    'pcm_%i: 16-bit little-endian samples of the voice, without a header',
    async (rate) => {
      const { type, bytes } = await fileOf(`pcm_${rate}`);
      const heard = await fetch(`${emulator.url}/emulator/voice?text=${encodeURIComponent(text)}&rate=${rate}`);
      const samples = Float32Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(i * 2) / 32_767);
      expect(type).toBe('application/octet-stream');
      expect(Math.abs(bytes.length / 2 - seconds * rate)).toBeLessThanOrEqual(1);
      expect(distance(samples, new Float32Array(await heard.arrayBuffer()))).toBeLessThan(1 / 65_000);
    },
  );

  test('pcm_24000 is the voice itself', async () => {
    const { bytes } = await fileOf('pcm_24000');
    const samples = Float32Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(i * 2) / 32_767);
    expect(distance(samples, toneVoice(text))).toBeLessThan(1 / 65_000);
  });

  test('moknah-half-sample: they end in the middle of one', async () => {
    const [whole, half] = [await fileOf('pcm_16000'), await fileOf('pcm_16000', 'moknah-half-sample')];
    expect(half.bytes).toEqual(whole.bytes.subarray(0, -1));
  });
});

describe('Opus', () => {
  test.each(['opus_48000_32', 'opus_48000_64', 'opus_48000_96', 'opus_48000_128', 'opus_48000_192'])(
    '%s: Ogg with right checksums, as long as the voice, mono at 48,000 Hz',
    async (format) => {
      const { type, bytes } = await fileOf(format);
      const { packets, flags, granules, broken } = readOgg(bytes);
      const [head, tags, ...sounds] = packets;
      expect([type, broken, flags[0], flags.at(-1)]).toEqual(['audio/ogg', 0, 2, 4]);
      expect([head?.toString('latin1', 0, 8), head?.[9], head?.readUInt32LE(12)]).toEqual(['OpusHead', 1, 48_000]);
      expect(tags?.toString('latin1', 0, 8)).toBe('OpusTags');
      expect(sounds).toHaveLength(granules / 960);
      expect(granules / 48_000).toBeGreaterThanOrEqual(seconds);
      expect(granules / 48_000).toBeLessThan(seconds + 0.02);
    },
  );
});

test('moknah-wrong-type: the same audio as text/plain', async () => {
  const [usual, wrong] = [await fileOf(), await fileOf(undefined, 'moknah-wrong-type')];
  expect([wrong.type, wrong.bytes.equals(usual.bytes)]).toEqual(['text/plain', true]);
});
