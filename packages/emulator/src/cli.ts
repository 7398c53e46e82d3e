#!/usr/bin/env node
import { parseArgs } from 'node:util';

import { startEmulator } from './start-emulator.ts';

const usage = `Usage: saystream-emulator [--port N] [--rate X]

  --port N   TCP port, default 8787
  --rate X   how fast audio is made, in x real time, default 2
`;

const { values } = parseArgs({ options: { port: { type: 'string' }, rate: { type: 'string' }, help: { type: 'boolean' } } });
if (values.help) {
  process.stdout.write(usage);
} else {
  const emulator = await startEmulator({ port: Number(values.port ?? 8787), rate: Number(values.rate ?? 2) });
  process.stdout.write(`saystream emulator: ${emulator.url}

  Audixa    ${emulator.audixa.baseUrl}
  socket    ${emulator.audixa.wsUrl}
  key       ${emulator.audixa.apiKey}
  wrong key ${emulator.scenario('close-1008')}
  drop      ${emulator.scenario('drop-midway')}
  All scenarios are on the page. Ctrl-C stops it.
`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
}
