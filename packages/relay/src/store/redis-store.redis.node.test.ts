import { afterAll, beforeAll, expect, test } from 'vitest';

import { describeStore } from '../../tests/store-conformance.ts';
import { startRedis, type TestRedis } from '../../tests/redis-server.ts';
import { redisStore } from './redis-store.ts';

let redis: TestRedis;
let client: Awaited<ReturnType<TestRedis['connect']>>;
beforeAll(async () => {
  redis = await startRedis();
  client = await redis.connect();
});
afterAll(() => redis.stop());

describeStore('Redis', () => redisStore(client));

test('every key of it expires', async () => {
  const store = redisStore(client, { prefix: 'expiring:' });
  await store.once('a', 60_000);
  await store.spend('a', 1, 10, 60_000);
  await store.lease('a', 'me', 1, 60_000);
  await store.put('a', new Uint8Array(3), 60_000);
  await store.takeTurn('a', 'ticket', 'user', { slots: 1, perMinute: 5, ttlMs: 60_000 });
  await store.takeTurn('a', 'other', 'user', { slots: 1, perMinute: 5, ttlMs: 60_000 });
  await store.generation?.();
  const keys = await client.sendCommand<string[]>(['KEYS', 'expiring:*']);
  expect(keys.length).toBeGreaterThanOrEqual(9);
  for (const key of keys) expect([key, Number(await client.sendCommand(['PTTL', key])) > 0]).toEqual([key, true]);
});

test('a server that hangs, and one that is gone, let nothing through, and later it works again', async () => {
  const other = await startRedis();
  const store = redisStore(await other.connect());
  expect(await store.once('before', 60_000)).toBe(true);
  other.process.kill('SIGSTOP');
  const startedMs = performance.now();
  await expect(store.once('during', 60_000)).rejects.toThrow('does not answer');
  expect(performance.now() - startedMs).toBeLessThan(6_000);
  other.process.kill('SIGCONT');
  await expect.poll(() => store.once('after', 60_000).catch(() => 'down'), { timeout: 10_000 }).toBe(true);
  await other.stop();
  await expect.poll(() => store.once('gone', 60_000).catch(() => 'down'), { timeout: 10_000 }).toBe('down');
});
