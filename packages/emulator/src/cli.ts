#!/usr/bin/env node
import { parseArgs } from 'node:util';

import { startEmulator } from './start-emulator.ts';

const usage = `Usage: saystream-emulator [--port N] [--rate X]

The text-to-speech APIs of Audixa, SAUTI and Moknah on this machine.
The API key decides what goes wrong; the page at / lists all scenarios.

  --port N   TCP port; 0 takes a free one. Default 8787
  --rate X   how fast audio is made, in × real time. Default 2
  --help     this text
`;

// The reader of the output may end first (`| head -1`). The emulator then continues without output.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

async function run(): Promise<void> {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({ options: { port: string, rate: string, help: { type: 'boolean', short: 'h' } } });
  if (values.help) return void process.stdout.write(usage);
  const emulator = await startEmulator({ port: Number(values.port ?? 8_787), rate: Number(values.rate ?? 2) });
  const stop = (): void => void emulator.close();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const { audixa, sauti, moknah, url } = emulator;
  process.stdout.write(`The emulated Audixa, SAUTI and Moknah listen. Their page has commands to paste and all scenarios:
${url}

  Audixa          ${audixa.baseUrl}
  Audixa, stream  ${audixa.wsUrl}
  SAUTI           ${sauti.baseUrl}
  Moknah          ${moknah.baseUrl}

  key that behaves   ${audixa.apiKey}
  rate limit         ${emulator.scenario('http-429')}
  no answer          ${emulator.scenario('drop-answer')}
  chaos              ${emulator.scenario('chaos-1')}
  dropped stream     ${emulator.scenario('drop-midway')}
  job that fails     ${emulator.scenario('sauti-job-fails')}
  slot that is taken ${emulator.scenario('moknah-busy-1')}

Ctrl-C stops it.
`);
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exitCode = 1;
});
