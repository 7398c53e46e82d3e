import { createAudixa } from '../packages/audixa/src/index.ts';
import { createWavDecoder, type SpeechStream } from '../packages/core/src/index.ts';
import { createMoknah } from '../packages/moknah/src/index.ts';
import { createSauti } from '../packages/sauti/src/index.ts';
import { expect, inject, test } from 'vitest';

import { audioFiles, readAudioFile } from './audio-files/audio-files.ts';

const { url } = inject('emulator');
let runs = 0;

/** Options of a client whose sound is replaced: the emulator answers, then `file` stands where its sound was. */
function given(file: Uint8Array<ArrayBuffer>) {
  runs += 1;
  const swap: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok) return response;
    if (/^(audio|text\/plain|application\/octet)/.test(type)) return new Response(file);
    const text = await response.text();
    const base64 = Buffer.from(file).toString('base64');
    return new Response(text.replace(/"audio_base64":"[^"]*"/, `"audio_base64":"${base64}"`), response);
  };
  return { baseUrl: url, apiKey: `emulated-burst~run-given${runs}${Math.random().toString(36).slice(2)}`, fetch: swap };
}
const sauti = (file: Uint8Array<ArrayBuffer>) => createSauti(given(file));
const sautiRequest = { text: 'Habari ya leo.', voiceId: 'sauti-swahili-v1' };
const moknahRequest = { text: 'Marhaban bikum.', voiceId: 1 };

async function listen(stream: SpeechStream) {
  const chunks: Float32Array[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch {
    // The outcome tells it.
  }
  return { samples: Float32Array.from(chunks.flatMap((chunk) => [...chunk])), outcome: await stream.outcome };
}

const ourWavs = audioFiles.filter(
  ({ mimeType, reader, verdict }) => mimeType === 'audio/wav' && reader === 'ours' && verdict === 'whole',
);

test.each(ourWavs.map(({ file }) => file))(
  '%s: SAUTI’s generate, say and the file itself give the same samples',
  async (name) => {
    const bytes = await readAudioFile(name);
    const expected = createWavDecoder().push(bytes);
    const file = await sauti(bytes).generate(sautiRequest);
    expect(createWavDecoder().push(file.bytes)).toEqual(expected);
    const { samples, outcome } = await listen(sauti(bytes).voice(sautiRequest.voiceId).say(sautiRequest.text));
    expect(samples).toEqual(expected);
    expect(outcome).toMatchObject({ verdict: 'completed', samples: expected.length });
  },
);

test('16-bit samples are the same bytes behind toWav(), from SAUTI and from Moknah', async () => {
  const values = new Uint8Array(Int16Array.from({ length: 65_536 }, (_each, i) => i - 32_768).buffer);
  const wav = new Uint8Array([...(await readAudioFile('wav-length-0.wav')).subarray(0, 44), ...values]);
  const bySauti = await sauti(wav).voice(sautiRequest.voiceId).say(sautiRequest.text).toWav();
  const byMoknah = await createMoknah(given(values)).voice(1).say(moknahRequest.text).toWav();
  expect(Buffer.from(bySauti.subarray(44)).equals(Buffer.from(values))).toBe(true);
  expect(Buffer.from(byMoknah.subarray(44)).equals(Buffer.from(values))).toBe(true);
});

test('a sound that breaks off is heard as far as it goes, and is no file', async () => {
  const bytes = await readAudioFile('wav-cut-half.wav');
  await expect(sauti(bytes).generate(sautiRequest)).rejects.toMatchObject({ kind: 'truncated', billed: 'yes' });
  const { samples, outcome } = await listen(sauti(bytes).voice(sautiRequest.voiceId).say(sautiRequest.text));
  expect(outcome).toMatchObject({ verdict: 'truncated', error: { kind: 'truncated', billed: 'yes' } });
  expect(samples).toHaveLength(800);
});

test('compressed WAV is a file as it is, and say() says that it cannot decode it', async () => {
  const bytes = await readAudioFile('wav-mulaw.wav');
  expect((await sauti(bytes).generate(sautiRequest)).bytes).toEqual(bytes);
  const { outcome } = await listen(sauti(bytes).voice(sautiRequest.voiceId).say(sautiRequest.text));
  expect(outcome).toMatchObject({ verdict: 'failed', error: { kind: 'not-audio', billed: 'yes' } });
  expect(outcome.error?.message).toContain('generate()');
});

test('a WAV file without samples is no audio', async () => {
  const bytes = await readAudioFile('empty.wav');
  await expect(sauti(bytes).generate(sautiRequest)).rejects.toMatchObject({ kind: 'not-audio' });
  const { outcome } = await listen(sauti(bytes).voice(sautiRequest.voiceId).say(sautiRequest.text));
  expect(outcome).toMatchObject({ verdict: 'failed', error: { kind: 'not-audio' } });
});

test.each([
  'l-footer.mp3',
  'l-lead0.mp3',
  'abc.mp3',
  'abc.opus',
  'opus-gain-minus-6.opus',
  'flac-mono.flac',
  'm4a.m4a',
  'adts.aac',
])('%s is a file from Moknah and from Audixa', async (name) => {
  const bytes = await readAudioFile(name);
  const { mimeType } = audioFiles.find(({ file }) => file === name) ?? {};
  const byMoknah = await createMoknah(given(bytes)).generate(moknahRequest);
  expect(byMoknah).toMatchObject({ mimeType, bytes });
  if (name.endsWith('opus')) return;
  const byAudixa = await createAudixa(given(bytes)).generate({ text: 'Hello there.', voiceId: 'am_ethan' });
  expect(byAudixa).toMatchObject({ mimeType, bytes });
});

test('MP3 with JSON behind it is truncated', async () => {
  const bytes = await readAudioFile('mp3-then-json.mp3');
  await expect(createMoknah(given(bytes)).generate(moknahRequest)).rejects.toMatchObject({ kind: 'truncated' });
});
