import { startEmulator } from '@saystream/emulator';
import { afterEach, expect, test } from 'vitest';

import { startRedis } from '../tests/redis-server.ts';
import { runCommand } from '../tests/run-command.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

test('two commands with one Redis share limits and tokens; one whose Redis dies says so, lets nobody in, and ends in order', async () => {
  const [emulator, redis] = await Promise.all([startEmulator({ rate: 20 }), startRedis()]);
  cleanups.push(() => emulator.close());
  cleanups.push(() => redis.stop());
  const environment = {
    AUDIXA_API_KEY: emulator.audixa.apiKey,
    AUDIXA_BASE_URL: emulator.audixa.baseUrl,
    RELAY_ORIGINS: 'https://app.example',
    RELAY_ALLOW_ANYONE: '1',
    RELAY_SECRETS: 'a-secret-that-two-commands-have-in-common',
    RELAY_LIMITS: '{"connectsPerIpPerMinute":2}',
    REDIS_URL: redis.url,
    PORT: '0',
  };
  const commands = await Promise.all([runCommand(environment), runCommand(environment)]);
  for (const { child } of commands) cleanups.push(() => child.kill('SIGKILL'));
  const [one = '', two = ''] = await Promise.all(commands.map((command) => command.url()));
  const headers = { origin: 'https://app.example', 'content-type': 'application/json' };
  const mint = (url: string) => fetch(`${url}/token`, { method: 'POST', headers, body: '{"vendor":"audixa"}' });
  const { session } = (await (await mint(one)).json()) as { session: string };
  const voices = (url: string) =>
    fetch(`${url}/audixa/v3/voices`, { headers: { ...headers, authorization: `Bearer ${session}` } });
  expect((await voices(two)).status).toBe(200);
  expect([(await mint(two)).status, (await mint(one)).status]).toEqual([200, 429]);

  await redis.stop();
  await expect.poll(() => commands[0].lines().some(({ type, code }) => type === 'store' && code === 'down')).toBe(true);
  expect((await fetch(`${one}/healthz`)).status).toBe(503);
  expect([(await mint(one)).status, (await voices(one)).status]).toEqual([503, 503]);
  for (const { child } of commands) child.kill('SIGTERM');
  expect(await Promise.all(commands.map(({ ended }) => ended))).toEqual([0, 0]);
  expect(commands.map(({ err }) => err.text)).toEqual(['', '']);
});
