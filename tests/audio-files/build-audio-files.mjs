// Writes tests/audio-files/files/ and tests/audio-files/audio-files.json: `node tests/audio-files/build-audio-files.mjs`.
//
// The length of each file follows from how it was made. ffmpeg is the second opinion: the builder fails when ffmpeg decodes
// another number of samples and the recipe does not say why (`ffmpegWhy`). Both numbers go into the table, so that tests
// need no ffmpeg. The tests ask the third one, the `decodeAudioData` of the engine that they run in.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { containerRecipes } from './container-recipes.mjs';
import { probe, requirePrograms } from './encoders.mjs';
import { fieldRecipes } from './field-recipes.mjs';
import { mp3Recipes } from './mp3-recipes.mjs';
import { wavRecipes } from './wav-recipes.mjs';

const folder = new URL('./files/', import.meta.url);
const tableAt = new URL('./audio-files.json', import.meta.url);
/** Samples: what ffmpeg's decoders differ by at the end of a stream. */
const slack = 1;

function rowOf(file, { bytes, what, ffmpegWhy, durationUnknown, ...facts }) {
  const { sampleRate, channels, ffmpegSamples } = probe(fileURLToPath(new URL(file, folder)));
  const { samples, verdict } = facts;
  const complain = (text) => console.error(`${file}: ${text}`, (process.exitCode = 1));
  if (!ffmpegWhy && facts.sampleRate && sampleRate && facts.sampleRate !== sampleRate)
    complain(`ffprobe says ${sampleRate} Hz, the recipe ${facts.sampleRate}`);
  if (facts.channels && channels && facts.channels !== channels)
    complain(`ffprobe says ${channels} channels, the recipe ${facts.channels}`);
  const differs = samples > 0 && Math.abs((ffmpegSamples ?? 0) - samples) > slack;
  if (differs && !ffmpegWhy) complain(`ffmpeg decodes ${ffmpegSamples} samples, the recipe says ${samples}`);
  const durationMs =
    facts.durationMs ?? (samples !== undefined && facts.sampleRate ? (samples / facts.sampleRate) * 1_000 : undefined);
  return {
    file,
    what,
    ...facts,
    reader: verdict === 'not-audio' ? undefined : (facts.reader ?? 'ours'),
    ...(!durationUnknown && verdict !== 'not-audio' && { durationMs }),
    ...(verdict === 'cut' && { cutAtMs: facts.cutAtMs ?? durationMs }),
    ffmpegSamples,
    ...(differs && { ffmpegWhy }),
  };
}

requirePrograms();
const recipes = { ...fieldRecipes, ...wavRecipes, ...mp3Recipes, ...containerRecipes };
for (const [file, { bytes }] of Object.entries(recipes)) writeFileSync(new URL(file, folder), bytes);
const rows = Object.entries(recipes).map(([file, recipe]) => rowOf(file, recipe));
writeFileSync(tableAt, `${JSON.stringify(rows, undefined, 2)}\n`);
console.log(`${rows.length} files, ${Object.values(recipes).reduce((sum, { bytes }) => sum + bytes.length, 0)} bytes`);
