import { expect, test } from 'vitest';

import { toneVoice } from './tone-voice.ts';

const text = 'The quick brown fox jumps over the lazy dog.';

test('the same text sounds the same, another one differs', () => {
  expect(toneVoice(text)).toEqual(toneVoice(text));
  expect(toneVoice('abcabd')).not.toEqual(toneVoice('abcabc'));
});

test('a character lasts 60 ms, and nothing is shorter than half a second', () => {
  expect(toneVoice(text).length).toBe(text.length * 1_440);
  expect(toneVoice('').length).toBe(12_000);
  expect(toneVoice('Hi').length).toBe(12_000);
});

test('it is audible, no sample is 0 or not a number, and none is louder than 0.8', () => {
  const samples = toneVoice(text);
  expect(samples.findIndex((sample) => !(Math.abs(sample) > 0 && Math.abs(sample) <= 0.8))).toBe(-1);
  expect(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)).toBeGreaterThan(0.05);
});

test('no four samples come twice, so that a doubled or a lost piece is seen wherever it is', () => {
  for (const said of [text, 'aaaaaaaaaaaaaaaaaaaa', '']) {
    const samples = toneVoice(said);
    const bytes = Buffer.from(samples.buffer);
    const windows = new Set<string>();
    for (let i = 0; i + 4 <= samples.length; i += 1) windows.add(bytes.toString('latin1', i * 4, i * 4 + 16));
    expect(windows.size).toBe(samples.length - 3);
  }
});

test('even the 16 bits of a file keep pieces of eight samples apart', () => {
  const samples = Array.from(toneVoice('aaaaaaaaaaaaaaaaaaaa'), (sample) => Math.round(sample * 32_767));
  const windows = new Set(samples.slice(0, -7).map((_, i) => samples.slice(i, i + 8).join()));
  expect(windows.size).toBe(samples.length - 7);
});
