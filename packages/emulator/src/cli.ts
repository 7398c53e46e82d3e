#!/usr/bin/env node
import { parseArgs } from 'node:util';

import { startEmulator } from './start-emulator.ts';

const usage = `Usage: saystream-emulator [--port N] [--rate X]

  --port N   TCP port; 0 takes a free one. Default 8787
  --rate X   how fast audio is made, in × real time. Default 2
`;

async function run(): Promise<void> {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({ options: { port: string, rate: string, help: { type: 'boolean', short: 'h' } } });
  if (values.help) return void process.stdout.write(usage);
  const emulator = await startEmulator({ port: Number(values.port ?? 8_787), rate: Number(values.rate ?? 2) });
  const stop = (): void => void emulator.close();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  process.stdout.write(`The emulated Audixa listens; all scenarios are on its page, ${emulator.url}

  API       ${emulator.audixa.baseUrl}
  socket    ${emulator.audixa.wsUrl}
  key       ${emulator.audixa.apiKey}

  wrong key       ${emulator.scenario('close-1008')}
  dropped line    ${emulator.scenario('drop-midway')}
  silence         ${emulator.scenario('stall-midway')}
  rate limit      ${emulator.scenario('http-429')}

Ctrl-C stops it.
`);
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exitCode = 1;
});
