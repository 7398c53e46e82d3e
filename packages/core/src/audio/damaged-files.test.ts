import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readAudioFile } from '../../../../tests/audio-files/audio-files.ts';
import { inspectAudioFile } from './inspect-audio-file.ts';
import { inspectMp3 } from './inspect-mp3.ts';
import { inspectOgg } from './inspect-ogg.ts';
import { inspectOtherAudio } from './inspect-other-audio.ts';
import { inspectWav } from './inspect-wav.ts';

const formats = [inspectWav, inspectMp3, inspectOgg, inspectOtherAudio];
const inspect = (bytes: Uint8Array) => inspectAudioFile(bytes, formats);
const seeded = { seed: 20_261_130, numRuns: 300 };

/** Files that say how much sound they hold. */
const measured = [
  'wav-16bit.wav',
  'wav-rf64.wav',
  'mp3-mpeg2-24000.mp3',
  'mp3-id3v2-footer.mp3',
  'opus-mono.opus',
  'opus-live-paged.opus',
];

test.each(measured)('%s, cut at any byte that leaves sound out, is not whole', async (file) => {
  const bytes = await readAudioFile(file);
  const whole = inspect(bytes)?.durationMs ?? 0;
  const wrong: number[] = [];
  for (let length = 0; length < bytes.length; length += 1) {
    const facts = inspect(bytes.subarray(0, length));
    if (facts && !facts.isCut && (facts.durationMs ?? 0) < whole) wrong.push(length);
    if ((facts?.durationMs ?? 0) > whole + 50) wrong.push(length);
  }
  expect(wrong).toEqual([]);
});

test.each(['mp3-mpeg2-24000.mp3', 'opus-mono.opus', 'opus-live-paged.opus', 'vorbis-mono.ogg'])(
  '%s, joined with any other file of its kind, plays as long as both',
  async (file) => {
    const bytes = await readAudioFile(file);
    const others = file.endsWith('mp3')
      ? ['mp3-vbr.mp3', 'mp3-id3v2.mp3', 'mp3-id3v1.mp3']
      : ['opus-60ms.opus', 'vorbis-stereo.ogg'];
    for (const other of others) {
      const second = await readAudioFile(other);
      const facts = inspect(Uint8Array.from([...bytes, ...second]));
      expect(facts?.isCut).toBe(false);
      expect(facts?.durationMs).toBeCloseTo((inspect(bytes)?.durationMs ?? 0) + (inspect(second)?.durationMs ?? 0), 6);
      const cut = inspect(Uint8Array.from([...bytes, ...second.subarray(0, -100)]));
      if (other !== 'mp3-id3v1.mp3') expect(cut?.isCut).toBe(true);
    }
  },
);

test.each(measured)(
  '%s, with any run of bytes overwritten, is read without an exception and loses no sound in silence',
  async (file) => {
    const bytes = await readAudioFile(file);
    const whole = inspect(bytes)?.durationMs ?? 0;
    // Behind the headers: what they say is believed.
    const from = file.endsWith('wav') ? 80 : 400;
    fc.assert(
      fc.property(
        fc.integer({ min: from, max: bytes.length - 1 }),
        fc.uint8Array({ minLength: 1, maxLength: 60 }),
        (at, noise) => {
          const damaged = bytes.slice();
          damaged.set(noise.subarray(0, bytes.length - at), at);
          const facts = inspect(damaged);
          expect(facts).toBeDefined();
          if (facts?.isCut === false && file.endsWith('mp3')) expect(facts.durationMs).toBeGreaterThanOrEqual(whole - 1);
        },
      ),
      seeded,
    );
  },
);

test('stray bytes before an MP3 take nothing from it', async () => {
  const bytes = await readAudioFile('mp3-mpeg2-24000.mp3');
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 900 }), (lead) => {
      const facts = inspectMp3(Uint8Array.from([...lead, ...bytes]));
      expect(facts?.durationMs).toBeCloseTo(300, 6);
      expect(facts?.isCut).toBe(false);
    }),
    seeded,
  );
});

test('bytes behind the end of an Ogg or MP3 file, unless they are a text, take nothing from it', async () => {
  for (const file of ['mp3-mpeg2-24000.mp3', 'opus-mono.opus']) {
    const bytes = await readAudioFile(file);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 200 }), (rest) => {
        const facts = inspect(Uint8Array.from([...bytes, 0, ...rest]));
        expect(facts?.durationMs).toBeCloseTo(300, 6);
        expect(facts?.isCut).toBe(false);
      }),
      seeded,
    );
  }
});

test('raw samples are no file', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 32_767 }), (start, loudness) => {
      let state = start;
      const samples = Int16Array.from({ length: 20_000 }, () => {
        state = (state * 48_271) % 2_147_483_647;
        return ((state % 65_536) - 32_768) * (loudness / 32_768);
      });
      expect(inspect(new Uint8Array(samples.buffer))).toBeUndefined();
    }),
    { ...seeded, numRuns: 60 },
  );
});
