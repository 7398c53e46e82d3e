import { expect, test } from 'vitest';

import { readAudioFile } from './audio-files.ts';
import { decode } from './play-file.ts';

/** The same sequence at every run. */
const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};

test('an Opus packet that the decoder refuses costs itself, and the next ones are decoded', async () => {
  const bytes = await readAudioFile('o-trail-tag.ogg');
  const whole = await decode(bytes);
  const damaged = bytes.slice();
  // Each page of this file holds one packet. Code 3 with no frames is refused (RFC 6716 §3.2.5).
  const pages = [...damaged.keys()].filter((at) => String.fromCharCode(...damaged.subarray(at, at + 4)) === 'OggS');
  for (const page of [pages[20]!, pages[90]!]) damaged.set([3, 0], page + 27 + damaged[page + 26]!);
  const { samples, kind } = await decode(damaged);
  expect(kind).toBe('truncated');
  expect(whole.samples.length - samples.length).toBeGreaterThanOrEqual(0);
  expect(whole.samples.length - samples.length).toBeLessThanOrEqual(2 * 960);
  // Behind the damage it is the same sound again, once the decoder has settled.
  const tail = (all: Float32Array): Float32Array => all.subarray(-40_000);
  const difference = tail(samples).map((sample, at) => sample - tail(whole.samples)[at]!);
  expect(Math.max(...difference.map(Math.abs))).toBeLessThan(0.05);
});

test.each(['mp3-mpeg2-24000.mp3', 'abc.mp3', 'opus-live-paged.opus', 'opus-chained.opus', 'wav-24bit.wav', 'wav-alaw.wav'])(
  '%s with damaged, missing or repeated bytes ends with an error of its own or gives all samples',
  async (file) => {
    const bytes = await readAudioFile(file);
    const whole = await decode(bytes);
    const random = seeded(3);
    for (let round = 0; round < 40; round += 1) {
      const at = Math.floor(random() * bytes.length);
      const length = 1 + Math.floor(random() * 60);
      const changed = [
        () => bytes.map((byte, index) => (index === at ? byte ^ (1 + Math.floor(random() * 255)) : byte)),
        () => new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(at + length)]),
        () => new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(Math.max(0, at - length))]),
        () => bytes.slice(0, at),
      ][round % 4]!();
      const { samples, kind } = await decode(changed, 700);
      expect([undefined, 'truncated', 'not-audio'], `round ${round}`).toContain(kind);
      if (kind === 'not-audio') expect(samples, `round ${round}`).toHaveLength(0);
      if (kind === undefined) expect(samples.length, `round ${round}, byte ${at}`).toBeGreaterThanOrEqual(whole.samples.length);
    }
  },
);
