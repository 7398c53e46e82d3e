import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startEmulator } from '@saystream/emulator';
import { expect, onTestFinished, test } from 'vitest';

import { mintAt, sayAt } from '../../tests/killed-relays.ts';
import { startRedis } from '../../tests/redis-server.ts';
import { openPage, request } from '../../tests/start-socket-relay.ts';
import { startWholeRelay } from '../../tests/whole-relay.ts';
import { redisStore } from './redis-store.ts';

const longestAnswerMs = 6_000;

/** A vendor whose sound takes as long as the test likes. */
async function startSlowVendor() {
  let end = (): void => undefined;
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'audio/mpeg' });
    const timer = setInterval(() => response.write('sound '), 50);
    end = () => {
      clearInterval(timer);
      response.end('end');
    };
    response.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, end: () => end(), asked: () => asked };
}

/** A relay whose streams run: one over a socket, one over HTTP. */
async function start() {
  const redis = await startRedis();
  const [vendor, emulator] = [await startSlowVendor(), await startEmulator({ rate: 1 })];
  onTestFinished(async () => {
    await redis.stop();
    await emulator.close();
  });
  const relay = await startWholeRelay({
    vendors: { audixa: emulator.audixa, moknah: { apiKey: 'k', baseUrl: vendor.url } },
    store: redisStore(await redis.connect()),
    secrets: ['a secret that all processes know, 32 bytes'],
    limits: { heartbeatMs: 300, streamsPerUser: 10, connectsPerIpPerMinute: 100_000 },
  });
  const { session, token: socketToken } = await relay.mint();
  const page = openPage(relay.socketUrl, request('x'.repeat(400)), socketToken);
  await expect.poll(() => page.frames.length, { timeout: 10_000 }).toBeGreaterThan(1);
  const saying = sayAt(relay.url, (await mintAt(relay.url, 'user-1'))!, 'A long text.');
  await expect.poll(vendor.asked, { timeout: 10_000 }).toBe(1);
  return { redis, vendor, relay, session, page, saying, spare: await mintAt(relay.url, 'user-1', 'audixa') };
}
type Running = Awaited<ReturnType<typeof start>>;

/** Everything that asks the store is refused, soon; what runs goes on. */
async function expectFailClosed({ relay, session, spare, page }: Running): Promise<number[]> {
  const heard = page.frames.length;
  const timed = async (answer: Promise<Response>) => {
    const startedMs = performance.now();
    const { status } = await answer;
    return { status, ms: Math.round(performance.now() - startedMs) };
  };
  const socketStartedMs = performance.now();
  const socket = openPage(relay.socketUrl, request(), spare).ended;
  const answers = await Promise.all([
    timed(relay.post('token', '{"vendor":"audixa"}')),
    timed(relay.get('diagnose', session)),
    timed(relay.get('audixa/v3/voices', session)),
    timed(relay.get('diagnose', spare!)),
  ]);
  const refused = await socket;
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  expect(refused.code).toBe(4503);
  const tookMs = [...answers.map(({ ms }) => ms), Math.round(performance.now() - socketStartedMs)];
  for (const ms of tookMs) expect(ms).toBeLessThan(longestAnswerMs);
  await expect.poll(() => page.frames.length, { timeout: 10_000 }).toBeGreaterThan(heard + 3);
  expect(page.socket.readyState).toBe(page.socket.OPEN);
  return tookMs;
}

/** After it nothing is missing: tokens, and one that was not used up by a refusal. */
async function expectRecovered({ relay, vendor, saying, page, session }: Running, isEmptied = false): Promise<void> {
  await expect.poll(async () => (await relay.post('token', '{"vendor":"audixa"}')).status, { timeout: 15_000 }).toBe(200);
  const bearer = isEmptied ? (await relay.mint()).session : session;
  await expect.poll(async () => (await relay.get('diagnose', bearer)).status, { timeout: 15_000 }).toBe(204);
  vendor.end();
  const said = await saying;
  expect([said?.status, said?.text.endsWith('end')]).toEqual([200, true]);
  page.socket.close(1000);
  expect(await page.ended).toMatchObject({ code: 1000 });
}

test('a Redis that hangs: what is new is refused with 503 soon, what runs goes on, and it is as before when it wakes', async () => {
  const running = await start();
  running.redis.process.kill('SIGSTOP');
  const tookMs = await expectFailClosed(running);
  running.redis.process.kill('SIGCONT');
  await expectRecovered(running);
  console.info(`A hung Redis: refused after ${tookMs.join(', ')} ms.`);
});

test('a Redis that is gone and comes back empty: the same, and revocation works again', async () => {
  const running = await start();
  const { redis, relay } = running;
  redis.process.kill('SIGKILL');
  await expect.poll(async () => (await relay.post('token', '{"vendor":"audixa"}')).status, { timeout: 10_000 }).toBe(503);
  const tookMs = await expectFailClosed(running);
  const again = await startRedis({ port: redis.port });
  onTestFinished(() => again.stop());
  await expectRecovered(running, true);
  expect((await relay.get('diagnose', running.session)).status).toBe(401);
  const { session } = await relay.mint();
  await relay.relay.revoke('user-1');
  expect((await relay.get('diagnose', session)).status).toBe(401);
  console.info(`A Redis that is gone: refused after ${tookMs.join(', ')} ms.`);
});
