import { expect, onTestFinished, test } from 'vitest';

import { startRedis } from '../../tests/redis-server.ts';
import { isRefusal } from '../relay-context.ts';
import { defaultLimits } from '../relay-options.ts';
import { redisStore } from '../store/redis-store.ts';
import { createMeter } from './create-meter.ts';

test('a place and a turn outlive a Redis that is gone for twice their lease and comes back empty', async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const store = redisStore(await redis.connect());
  const placeMs = 900;
  const meter = createMeter({ ...defaultLimits, streamsPerUser: 1, queueWaitMs: 500 }, store, placeMs);
  const place = await meter.openStream('ada', '192.0.2.1');
  const turn = await meter.takeTurn('moknah', 'ada', 'first', { signal: AbortSignal.timeout(60_000) });
  if (isRefusal(place) || isRefusal(turn)) throw new Error('Refused.');
  redis.process.kill('SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 2 * placeMs));
  expect(await meter.openStream('bob', '192.0.2.2')).toMatchObject({ status: 503 });
  await redis.restart();
  const openAgain = () => meter.openStream('ada', '192.0.2.1');
  await expect.poll(openAgain, { timeout: 10_000, interval: 500 }).toMatchObject({ status: 429 });
  const next = await meter.takeTurn('moknah', 'bob', 'second', { signal: AbortSignal.timeout(60_000) });
  expect(next).toMatchObject({ code: 'queue_wait_over' });
  expect([place.lost.aborted, turn.lost.aborted]).toEqual([false, false]);
  place.release();
  turn.release();
});
