import { expect, test } from 'vitest';

import { id3Bytes } from '../../packages/player/src/decode/mp3-header.ts';
import type { AudioFileRow } from './audio-files.ts';
import { audioFiles, readAudioFile } from './audio-files.ts';
import { decode } from './play-file.ts';

/** What the engine's `decodeAudioData` makes of the file, or undefined when it refuses it. */
const decodedByEngine = (bytes: Uint8Array<ArrayBuffer>, sampleRate: number): Promise<AudioBuffer | undefined> =>
  new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(bytes.slice().buffer).catch(() => undefined);

const loudness = (samples: Float32Array): number => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);

const kinds = { whole: undefined, cut: 'truncated', 'not-audio': 'not-audio' } as const;

/** Formats of which the engine alone can make samples; it has a length of its own for each. */
const isLeftToEngine = ({ file, reader }: AudioFileRow): boolean => reader === 'browser' || /^vorbis|\.(flac|oga)$/.test(file);

const named = (rows: readonly AudioFileRow[]) => rows.map((row) => [row.file, row.what, row] as const);

test.each(named(audioFiles.filter((row) => !isLeftToEngine(row))))('%s: %s', async (file, _what, row) => {
  const bytes = await readAudioFile(file);
  for (const size of [997, bytes.length]) {
    const { sampleRate, samples, kind } = await decode(bytes, size);
    expect(kind).toBe(kinds[row.verdict]);
    if (row.verdict === 'not-audio') expect(samples).toHaveLength(0);
    if (row.verdict === 'not-audio' || row.samples === 0) continue;
    expect(sampleRate).toBe(row.sampleRate);
    if (row.samples !== undefined) expect(samples).toHaveLength(row.samples);
    if (row.durationMs !== undefined) {
      expect(Math.abs((samples.length / sampleRate!) * 1000 - row.durationMs)).toBeLessThan(1);
    }
  }
});

test.each(named(audioFiles.filter(isLeftToEngine)))('%s: %s, as a whole', async (file, _what, row) => {
  const bytes = await readAudioFile(file);
  const { sampleRate, samples, kind } = await decode(bytes);
  // Firefox refuses FLAC behind a tag.
  const untagged = bytes.slice(bytes[0] === 0x49 ? id3Bytes(bytes) : 0);
  const theirs = await decodedByEngine(untagged, sampleRate ?? 48_000);
  expect(samples.length).toBe(theirs?.length ?? 0);
  expect(kind).toBe(theirs || row.verdict === 'cut' ? kinds[row.verdict] : 'not-audio');
});

/** Samples by which every decoder of MP3 is late. */
const mp3DecoderDelay = 529;

// Two channels are mixed here. Gains and joined files are read in ways of its own by each engine.
const comparable = audioFiles.filter(
  ({ file, reader, verdict, channels, samples = 0 }) =>
    reader === 'ours' && verdict === 'whole' && channels === 1 && samples > 2_000 && !/gain|join|chain|abc/.test(file),
);
test.each(named(comparable))('%s is as loud as decodeAudioData makes it (%s)', async (file, _what, row) => {
  const bytes = await readAudioFile(file);
  const { sampleRate, samples } = await decode(bytes);
  const theirs = await decodedByEngine(bytes, sampleRate!);
  // Without a tag that tells delay and padding, Chromium leaves both in, and Firefox takes the delay of a decoder away.
  const shared = Math.min(theirs?.length ?? row.samples!, samples.length);
  expect(shared + mp3DecoderDelay).toBeGreaterThan(row.samples! * 0.99);
  if (theirs) expect(loudness(samples) / loudness(theirs.getChannelData(0).subarray(-shared))).toBeCloseTo(1, 0);
});

test.each(named(audioFiles.filter(({ gainDb, file }) => gainDb && file.startsWith('opus-gain'))))(
  '%s is played at its output gain (%s)',
  async (file, _what, { gainDb }) => {
    const [plain, changed] = await Promise.all(
      ['opus-mono.opus', file].map(async (name) => loudness((await decode(await readAudioFile(name))).samples)),
    );
    expect(20 * Math.log10(changed! / plain!)).toBeCloseTo(gainDb!, 1);
  },
);
