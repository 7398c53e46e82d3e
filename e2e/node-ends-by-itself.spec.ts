import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, test } from './emulated-page.ts';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));

const program = `
  import { createAudixa } from '@saystream/audixa';
  const [baseUrl, apiKey, leave] = process.argv.slice(1);
  const stream = createAudixa({ baseUrl, apiKey, timeouts: { stallMs: 500 } }).stream({ text: 'The end.', voiceId: 'am_ethan' });
  if (leave) for await (const chunk of stream) break;
  console.log((await stream.outcome).verdict);`;

const endings = [
  ['no-close-answer~burst', '', 'completed'],
  ['no-close-answer~endless', 'leave', 'cancelled'],
  ['stall-midway~lost', '', 'truncated'],
  ['drop', '', 'failed'],
  ['http-401', '', 'failed'],
] as const;

for (const [scenario, leave, verdict] of endings) {
  test(`after ${verdict} (${scenario}) a Node program ends by itself`, async ({ emulator }) => {
    const args = ['--input-type=module', '-e', program, emulator.audixa.baseUrl, emulator.scenario(scenario), leave];
    const { stdout } = await run(process.execPath, args, { cwd: here, timeout: 15_000 });
    expect(stdout.trim()).toBe(verdict);
  });
}
