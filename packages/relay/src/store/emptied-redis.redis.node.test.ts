import { expect, onTestFinished, test } from 'vitest';

import { startRedis } from '../../tests/redis-server.ts';
import { openPage, request } from '../../tests/start-socket-relay.ts';
import { startWholeRelay } from '../../tests/whole-relay.ts';
import { redisStore } from './redis-store.ts';

/** Two relays of one Redis. */
async function start() {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const client = await redis.connect();
  const settings = { secrets: ['a secret that all processes know, 32 bytes'] } as const;
  const one = await startWholeRelay({ ...settings, store: redisStore(client) });
  const two = await startWholeRelay({ ...settings, store: redisStore(await redis.connect()) });
  const statusOf = async (relay: typeof one, bearer: string) => (await relay.get('diagnose', bearer)).status;
  const codeOf = async (relay: typeof one, bearer: string) =>
    ((await (await relay.get('diagnose', bearer)).json()) as { type: string }).type.replace('urn:saystream:relay:', '');
  return { redis, one, two, statusOf, codeOf, empty: () => client.sendCommand(['FLUSHALL']) };
}

test('a token of the first second of a new Redis is good at every relay', async () => {
  const { one, two, statusOf } = await start();
  const [first, second] = [await one.mint(), await two.mint()];
  expect([await statusOf(two, first.token), await statusOf(one, second.token)]).toEqual([204, 204]);
});

test('a used token stays used after Redis was emptied, and a new one is good at once', async () => {
  const { one, two, statusOf, codeOf, empty } = await start();
  const used = await Promise.all([one.mint(), one.mint(), one.mint()]);
  for (const { token } of used) expect(await statusOf(one, token)).toBe(204);
  await empty();
  const [first, second, third] = used.map(({ token }) => token) as [string, string, string];
  expect([await codeOf(one, first), await codeOf(two, second)]).toEqual(['token_forgotten', 'token_forgotten']);
  const fresh = await two.mint();
  expect([await statusOf(one, fresh.token), await statusOf(two, first)]).toEqual([204, 401]);
  expect(await openPage(one.socketUrl, request(), third).ended).toMatchObject({
    code: 4401,
    reason: expect.stringMatching(/^token_forgotten/),
  });
});

test('a token that was not used yet is refused too when Redis restarts empty, with the word by which clients mint anew', async () => {
  const { redis, one, statusOf } = await start();
  const { token } = await one.mint();
  redis.process.kill('SIGKILL');
  await expect.poll(() => statusOf(one, token), { timeout: 10_000 }).toBe(503);
  const again = await startRedis({ port: redis.port });
  onTestFinished(() => again.stop());
  await expect.poll(() => statusOf(one, token), { timeout: 15_000 }).toBe(401);
  const refused = await one.get('diagnose', token);
  expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  expect(await statusOf(one, (await one.mint()).token)).toBe(204);
});

test('a revoked session stays revoked after Redis was emptied', async () => {
  const { one, two, codeOf, empty } = await start();
  const { session } = await one.mint();
  await one.relay.revoke('user-1');
  expect(await codeOf(two, session)).toBe('token_revoked');
  await empty();
  expect(await codeOf(two, session)).toBe('token_forgotten');
});
