import { expect, test } from 'vitest';

import { ended, runFile } from '../tests/run-source.ts';

const cli = (...args: string[]) => runFile('src/cli.ts', args);

test.each(['SIGINT', 'SIGTERM'] as const)('it says where it listens and with which keys, and %s stops it', async (signal) => {
  const child = await cli('--port', '0', '--rate', '5');
  const address = await new Promise<string>((resolve) => {
    child.stdout?.on('data', (piece) => {
      const url = /http:\/\/127\.0\.0\.1:\d+\/v3/.exec(String(piece))?.[0];
      if (url) resolve(url);
    });
  });
  expect((await fetch(`${address}/voices`, { headers: { 'x-api-key': 'emulated' } })).status).toBe(200);
  const ending = ended(child);
  child.kill(signal);
  expect(await ending).toMatchObject({ code: 0, stderr: '' });
});

test('it explains itself', async () => {
  expect(await ended(await cli('--help'))).toMatchObject({ code: 0, stdout: expect.stringContaining('--rate X') });
});

test.each([
  ['--rate', '0', 'rate must be above 0'],
  ['--port', 'x', 'port'],
  ['--speed', '2', "Unknown option '--speed'"],
])('%s %s is refused with a reason and the usage', async (option, value, reason) => {
  const { code, stderr } = await ended(await cli(option, value));
  expect(code).toBe(1);
  expect(stderr).toContain(reason);
  expect(stderr).toContain('Usage:');
});
