import { expect, test } from 'vitest';

import { inspectAudioFile, looksLikeText } from './inspect-audio-file.ts';
import { inspectMp3 } from './inspect-mp3.ts';
import { inspectOgg } from './inspect-ogg.ts';
import { inspectWav } from './inspect-wav.ts';
import { writeWav } from './write-wav.ts';

/** One frame of MPEG-1 layer III, 128 kbit/s at 44,100 Hz: 417 bytes, or 418 with padding. */
const mp3Frame = (padded = false): number[] => {
  const frame = Array.from({ length: padded ? 418 : 417 }, () => 0);
  frame.splice(0, 4, 0xff, 0xfb, padded ? 0x92 : 0x90, 0x00);
  return frame;
};
/** 24 kHz is MPEG-2: 576 samples, here at 48 kbit/s in 144 bytes. */
const mp3Frame24k = (): number[] => {
  const frame = Array.from({ length: 144 }, () => 0);
  frame.splice(0, 4, 0xff, 0xf3, 0x64, 0x00);
  return frame;
};
const id3 = [0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 20, ...Array.from({ length: 20 }, () => 0)];
/** A page of one packet. Opus of 20 ms has a first byte of 8, at 48,000 samples a second. */
const oggPage = (flags: number, granules: number, sequence: number, packet: readonly number[]): number[] => {
  const page = Array.from({ length: 27 }, () => 0);
  page.splice(0, 6, 0x4f, 0x67, 0x67, 0x53, 0, flags);
  page.splice(6, 4, granules & 255, (granules >> 8) & 255, (granules >> 16) & 255, (granules >> 24) & 255);
  page.splice(18, 1, sequence);
  page.splice(26, 1, 1);
  return [...page, packet.length, ...packet];
};
const opusPages = [
  oggPage(2, 0, 0, [...new TextEncoder().encode('OpusHead'), 1, 1, 0x38, 1, ...Array.from({ length: 7 }, () => 0)]),
  oggPage(0, 0, 1, [...new TextEncoder().encode('OpusTags')]),
  oggPage(0, 960, 2, [8, 1, 2]),
];
const inspectBytes = (bytes: Uint8Array) => inspectAudioFile(bytes, [inspectWav, inspectMp3, inspectOgg]);
const inspect = (...pieces: readonly number[][]) => inspectBytes(Uint8Array.from(pieces.flat()));

test('a WAV file tells its length, and whether it is whole', () => {
  const wav = writeWav([new Float32Array(2_400)], 24_000);
  expect(inspectBytes(wav)).toEqual({ mimeType: 'audio/wav', durationMs: 100, isCut: false });
  expect(inspectBytes(wav.subarray(0, 4_000))).toMatchObject({ isCut: true });
  expect(inspectBytes(wav.subarray(0, 30))).toEqual({ mimeType: 'audio/wav', isCut: true });
});

test('an MP3 file is walked frame by frame, with tags before and after', () => {
  const seconds = 1_152 / 44_100;
  const whole = inspect(id3, mp3Frame(), mp3Frame(true), mp3Frame(), [0x54, 0x41, 0x47, ...Array.from({ length: 125 }, () => 0)]);
  expect(whole).toMatchObject({ mimeType: 'audio/mpeg', isCut: false });
  expect(whole?.durationMs).toBeCloseTo(3 * seconds * 1_000, 6);
  expect(inspect(mp3Frame24k(), mp3Frame24k())?.durationMs).toBeCloseTo(48, 6);
  expect(inspect(mp3Frame(), mp3Frame().slice(0, 300))).toMatchObject({ isCut: true });
});

test('an Ogg file is whole when its last page says so and is all there', () => {
  const last = oggPage(4, 1_512, 3, [8, 1, 2]);
  expect(inspect(...opusPages, last)).toEqual({ mimeType: 'audio/ogg', durationMs: (1_512 - 312) / 48, isCut: false });
  expect(inspect(...opusPages)).toMatchObject({ isCut: true });
  expect(inspect(...opusPages, last.slice(0, 29))).toMatchObject({ isCut: true });
  expect(inspect(...opusPages, oggPage(4, 2_472, 4, [8, 1, 2])), 'a page is missing').toMatchObject({ isCut: true });
});

test.each([
  ['nothing', []],
  ['a web page', [...new TextEncoder().encode('<!doctype html><title>502</title>')]],
  ['JSON', [...new TextEncoder().encode('{"detail":"no"}')]],
  ['RIFF that is no WAVE', [...new TextEncoder().encode('RIFF....AVI LIST....')]],
  ['an MP3 sync and no frame', [0xff, 0xfb, 0xff, 0xff]],
  ['an ID3 tag and nothing after it', id3],
])('%s is no audio', (_what, bytes) => {
  expect(inspect(bytes)).toBeUndefined();
});

test('a file of random bytes never throws', () => {
  let state = 1;
  const random = () => (state = (state * 48_271) % 2_147_483_647) & 255;
  for (const magic of [
    [0x52, 0x49, 0x46, 0x46],
    [0x4f, 0x67, 0x67, 0x53],
    [0xff, 0xfb],
    [0x49, 0x44, 0x33],
  ]) {
    for (let round = 0; round < 500; round += 1) {
      const bytes = Uint8Array.from([...magic, ...Array.from({ length: round % 90 }, random)]);
      expect(() => inspectBytes(bytes)).not.toThrow();
    }
  }
});

test('text is told from samples by its letters, and loud samples are no text', () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  expect(looksLikeText(encode('<!doctype html>\n<html lang="ar" dir="rtl">…'))).toBe(true);
  expect(looksLikeText(encode('{"success": false}'))).toBe(true);
  expect(looksLikeText(new Uint8Array(0))).toBe(false);
  expect(looksLikeText(new Uint8Array(64))).toBe(false);
  const loud = Int16Array.from({ length: 200 }, (_each, i) => Math.round(Math.sin(i / 3) * 32_000));
  expect(looksLikeText(new Uint8Array(loud.buffer))).toBe(false);
});
