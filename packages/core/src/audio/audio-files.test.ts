import { expect, test } from 'vitest';

import { audioFiles, readAudioFile, type AudioFileRow } from '../../../../tests/audio-files/audio-files.ts';
import { inspectAudioFile } from './inspect-audio-file.ts';
import { inspectMp3 } from './inspect-mp3.ts';
import { inspectOgg } from './inspect-ogg.ts';
import { inspectOtherAudio } from './inspect-other-audio.ts';
import { inspectWav } from './inspect-wav.ts';
import { createWavDecoder } from './wav-decoder.ts';

const formats = [inspectWav, inspectMp3, inspectOgg, inspectOtherAudio];
const rows = (wanted: (row: AudioFileRow) => boolean) => audioFiles.filter(wanted).map((row) => [row.file, row] as const);

/** Cut files that look whole, as only a decoder can tell. */
const undetectable: Readonly<Record<string, string>> = {
  'flac-cut.flac': 'FLAC has no lengths of frames',
  'l-corrupt.mp3': 'the header of the damaged frame is intact',
};
/** Files whose length only a decoder can tell. */
const lengthless: Readonly<Record<string, string>> = {
  'm4a.m4a': 'the index of MP4 is not read',
  'm4a-faststart.m4a': 'the index of MP4 is not read',
  'ogg-flac.oga': 'FLAC in Ogg is not read',
  'vorbis-live.ogg': 'the first packet of live Vorbis says its length only to a decoder',
  'vorbis-live-paged.ogg': 'the first packet of live Vorbis says its length only to a decoder',
};

test.each(rows(({ verdict }) => verdict === 'whole'))('%s is whole, and its length is right to 1 ms', async (file, row) => {
  const facts = inspectAudioFile(await readAudioFile(file), formats);
  expect(facts).toMatchObject({ mimeType: row.mimeType, isCut: false });
  if (file in lengthless) expect(facts?.durationMs).toBeUndefined();
  else if (row.durationMs !== undefined) expect(Math.abs((facts?.durationMs ?? 0) - row.durationMs)).toBeLessThan(1);
});

test.each(rows(({ verdict }) => verdict === 'cut'))('%s is cut', async (file, row) => {
  const facts = inspectAudioFile(await readAudioFile(file), formats);
  expect(facts).toMatchObject({ mimeType: row.mimeType, isCut: !(file in undetectable) });
  // A cut file has lost its padding: what it loses beyond that is one frame at most.
  if (row.durationMs) expect(Math.abs((facts?.durationMs ?? 0) - row.durationMs)).toBeLessThan(50);
});

test.each(rows(({ verdict }) => verdict === 'not-audio'))('%s is no audio', async (file) => {
  expect(inspectAudioFile(await readAudioFile(file), formats)).toBeUndefined();
});

test.each(['', 'R', 'hi', 'error', '<h1>Hi</h1>', '{"error":"x"}', 'RIFF, a story', 'A sentence of some length.'])(
  'the text %j is no audio, however short it is',
  (text) => {
    expect(inspectAudioFile(new TextEncoder().encode(text), formats)).toBeUndefined();
  },
);

test.each(rows(({ mimeType, reader, samples }) => mimeType === 'audio/wav' && reader === 'ours' && samples !== undefined))(
  '%s gives as many samples as it has, in pieces of any size',
  async (file, { samples, sampleRate, verdict }) => {
    const bytes = await readAudioFile(file);
    const whole = createWavDecoder();
    const expected = whole.push(bytes);
    expect(expected).toHaveLength(samples ?? 0);
    expect(whole.format?.sampleRate).toBe(samples ? sampleRate : whole.format?.sampleRate);
    expect(whole.missingBytes > 0 || samples === 0).toBe(verdict === 'cut');
    for (const size of [1, 7, 4_096]) {
      const decoder = createWavDecoder();
      const read: number[] = [];
      for (let at = 0; at < bytes.length; at += size) read.push(...decoder.push(bytes.subarray(at, at + size)));
      expect(Float32Array.from(read)).toEqual(expected);
      if (bytes.length > 10_000) break;
    }
  },
);
