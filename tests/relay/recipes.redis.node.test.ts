import { startEmulator } from '@saystream/emulator';
import { afterEach, expect, test } from 'vitest';

import { startRedis } from '../../packages/relay/tests/redis-server.ts';
import { environmentFor, mint, openStream, type Ask } from './recipe-journey.ts';
import { runExample } from './run-example.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** The last two have no sockets of their own: their tokens speak at the others. */
const relays = [
  ['node', 'node.mjs'],
  ['bun', 'node.mjs'],
  ['deno', 'node.mjs'],
  ['bun', 'bun.mjs'],
  ['deno', 'deno.mjs'],
] as const;

test('relays in Node, Bun and Deno that share a Redis know each other’s tokens, and let one be used once', async () => {
  const [emulator, redis] = await Promise.all([startEmulator({ rate: 40 }), startRedis()]);
  cleanups.push(() => emulator.close());
  cleanups.push(() => redis.stop());
  const environment = { ...environmentFor(emulator), REDIS_URL: redis.url };
  const urls: string[] = [];
  for (const [runtime, file] of relays) {
    const { url, stop } = await runExample(runtime, file, environment);
    cleanups.push(stop);
    urls.push(url);
  }
  for (const [index, url] of urls.entries()) {
    const ask: Ask = (path, init) => fetch(`${url}/speech/${path}`, init);
    const { token } = await mint(ask, 'audixa');
    expect((await openStream(urls[(index + 1) % 3]!, token)).said).toContain('completed');
    expect((await openStream(urls[(index + 2) % 3]!, token)).ended).toBe('4409');
  }
});
