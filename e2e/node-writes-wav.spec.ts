import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { createWavDecoder } from '@saystream/core';
import { toneVoice } from '@saystream/emulator';

import { expect, test } from './emulated-page.ts';

const run = promisify(execFile);

/** The README's program: five lines. */
const program = `import { writeFile } from 'node:fs/promises';
import { createAudixa } from '@saystream/audixa';

const audixa = createAudixa({ apiKey: process.env.AUDIXA_API_KEY, baseUrl: process.env.AUDIXA_BASE_URL });
await writeFile('hello.wav', await audixa.voice('am_ethan').say('Hello from Node.').toWav());
`;

test('a five-line Node program writes a WAV file, and the process ends by itself', async ({ emulator }) => {
  // Inside this package, so that the program finds the built packages as an installed app would.
  const folder = await mkdtemp(join(fileURLToPath(new URL('.', import.meta.url)), 'test-results-node-'));
  try {
    await writeFile(join(folder, 'speak.mjs'), program);
    const env = { ...process.env, AUDIXA_API_KEY: emulator.audixa.apiKey, AUDIXA_BASE_URL: emulator.audixa.baseUrl };
    await run(process.execPath, ['speak.mjs'], { cwd: folder, env, timeout: 30_000 });

    const file = await readFile(join(folder, 'hello.wav'));
    const wav = createWavDecoder();
    const samples = wav.push(file);
    expect(wav.format).toEqual({ sampleRate: 24_000, channels: 1, bitsPerSample: 16, float: false });
    expect(wav.missingBytes).toBe(0);
    expect(samples.length).toBe(toneVoice('Hello from Node.').length);

    // Judges that are not ours, where they are installed.
    for (const [judge, args] of [
      ['soxi', ['hello.wav']],
      ['ffprobe', ['-v', 'error', 'hello.wav']],
    ] as const) {
      const { error, status, stderr } = spawnSync(judge, args, { cwd: folder, encoding: 'utf8' });
      if (!error) expect({ judge, status, stderr }).toEqual({ judge, status: 0, stderr: '' });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
