import { expect, test } from 'vitest';

import { audioFiles, readAudioFile } from './audio-files.ts';

test('the table names each file once, and every file is there', async () => {
  const names = audioFiles.map(({ file }) => file);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
  for (const { file, verdict } of audioFiles) {
    const bytes = await readAudioFile(file);
    if (verdict !== 'not-audio') expect(bytes.length, file).toBeGreaterThan(20);
  }
});

test('ffmpeg decodes as many samples as the table says, or the table says why not', () => {
  const differing = audioFiles.filter(
    ({ samples, ffmpegSamples, ffmpegWhy }) => samples && Math.abs(samples - (ffmpegSamples ?? 0)) > 1 && !ffmpegWhy,
  );
  expect(differing).toEqual([]);
});

test('a cut file says where, and a whole file does not', () => {
  const wrong = audioFiles.filter(({ verdict, cutAtMs = 0, durationMs = Infinity }) =>
    verdict === 'cut' ? cutAtMs > durationMs : cutAtMs > 0,
  );
  expect(wrong).toEqual([]);
});
