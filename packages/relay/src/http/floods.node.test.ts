import { once } from 'node:events';
import { request as ask, type IncomingMessage } from 'node:http';

import { afterEach, expect, test } from 'vitest';

import { fakeStore, pageOrigin } from '../../tests/fake-parts.ts';
import { freshKey, speech, startVendor } from '../../tests/relay-under-test.ts';
import { startHttpRelayProcess } from '../../tests/start-relay-process.ts';
import { startWholeRelay } from '../../tests/whole-relay.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const fileBytes = 60_000_000;
const piece = Buffer.alloc(60_000, 5);

/** A vendor whose jobs are done at once, and whose files and audio are 60 MB. */
async function startLargeVendor() {
  const open = { now: 0, most: 0 };
  const vendor = await startVendor((request, response) => {
    open.now += 1;
    open.most = Math.max(open.most, open.now);
    response.on('close', () => (open.now -= 1));
    const path = request.url!;
    if (request.method === 'POST' && path.startsWith('/v3/tts')) {
      return void response.end(JSON.stringify({ generation_id: 'gen_1', audio_url: `${vendor.url}/a.wav` }));
    }
    if (request.method === 'POST' && path === '/v1/tts/jobs') return void response.end('{"job_id":"job_1"}');
    if (/voices|history/.test(path)) return void setTimeout(() => response.end('{"voices":[],"history":[]}'), 300);
    response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': fileBytes });
    let left = fileBytes;
    const send = (): void => {
      while (left > 0 && !response.destroyed) {
        left -= piece.length;
        if (!response.write(piece)) return void response.once('drain', send);
      }
      response.end();
    };
    send();
  });
  return { vendor, open };
}

async function startFlooded(limits: object = {}) {
  const { vendor, open } = await startLargeVendor();
  const relay = await startHttpRelayProcess({ baseUrl: vendor.url, limits });
  cleanups.push(() => relay.close());
  const post = async (path: string, body: object, headers: Record<string, string> = {}) =>
    (
      await fetch(`${relay.url}/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { origin: pageOrigin, 'content-type': 'application/json', 'idempotency-key': freshKey(), ...headers },
      })
    ).json() as Promise<Record<string, string>>;
  const session = async (of: string) => {
    const minted = await post('token', { vendor: of });
    return { authorization: `Bearer ${minted['session']}` };
  };
  return { relay, vendor, open, post, session };
}

/** Asks, and takes nothing of the answer. */
async function askOnly(url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const asking = ask(url, { headers, agent: false });
  asking.on('error', () => undefined).end();
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  answer.on('error', () => undefined).pause();
  cleanups.push(() => answer.destroy());
  return answer;
}

const countOf = (answers: readonly IncomingMessage[]) => ({
  served: answers.filter(({ statusCode }) => statusCode === 200).length,
  refused: answers.filter(({ statusCode }) => statusCode === 429).length,
});

test('150 downloads of one file name that take nothing keep the relay small, and leave nothing behind', async () => {
  const { relay, open, post, session } = await startFlooded({ slowReaderMs: 6_000 });
  const { audio_url: name } = await post(...speech.audixa, await session('audixa'));
  const before = await relay.health();
  const answers = await Promise.all(Array.from({ length: 150 }, () => askOnly(`${relay.url}/${name}`)));
  expect(countOf(answers)).toEqual({ served: 16, refused: 134 });
  let during = await relay.health();
  // What has passed is freed some collections later, long before the readers are cut off.
  const held = async () => (during = await relay.health()).held - before.held;
  await expect.poll(held, { interval: 200, timeout: 3_000 }).toBeLessThan(16 * 2e6);
  expect(open.now).toBe(16);
  expect(during.rss - before.rss).toBeLessThan(200e6);
  // Each is closed: it took nothing for too long.
  await expect.poll(() => open.now, { timeout: 20_000 }).toBe(0);
  const after = await relay.health();
  expect(after.mostRss).toBeLessThan(512e6);
  expect(after.faults).toBe(0);
  console.log(
    `150 downloads: RSS in MB ${[before.rss, during.rss, after.mostRss].map((bytes) => (bytes / 1e6).toFixed(0)).join(', ')}, in use ${((during.held - before.held) / 1e6).toFixed(1)} more`,
  );
}, 60_000);

test('150 downloads of one’s own audio by a fast reader come as before, 16 at a time, at the page’s pace', async () => {
  const { relay, post, session } = await startFlooded();
  const bearer = await session('sauti');
  await post('sauti/v1/tts/jobs', { text: 'Habari', voice_id: 'sw' }, bearer);
  const headers = { origin: pageOrigin, ...bearer };
  const url = `${relay.url}/sauti/v1/tts/jobs/job_1/audio`;
  const answers = await Promise.all(Array.from({ length: 150 }, () => askOnly(url, headers)));
  expect(countOf(answers)).toEqual({ served: 16, refused: 134 });
  const [first] = answers.filter(({ statusCode }) => statusCode === 200);
  let bytes = 0;
  first!.on('data', (part: Buffer) => (bytes += part.length)).resume();
  await once(first!, 'end');
  expect(bytes).toBe(fileBytes);
  // Its place is free again.
  await expect.poll(async () => (await askOnly(url, headers)).statusCode).toBe(200);
  expect((await relay.health()).mostRss).toBeLessThan(512e6);
}, 60_000);

test('a flood of requests for voices and history makes no flood at the vendor', async () => {
  const { vendor, open } = await startLargeVendor();
  const { mint, get } = await startWholeRelay({ vendors: { audixa: { apiKey: 'k', baseUrl: vendor.url } } });
  const { session } = await mint();
  for (const path of ['audixa/v3/voices', 'audixa/v3/history']) {
    const answers = await Promise.all(Array.from({ length: 300 }, () => get(path, session)));
    const statuses = answers.map(({ status }) => status);
    await Promise.all(answers.map((answer) => answer.text()));
    // The flood arrives in a few waves of what is let in at a time.
    expect(statuses.filter((status) => status === 200).length).toBeLessThan(100);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(answers.find(({ status }) => status === 429)!.headers.get('retry-after')).toBe('1');
  }
  expect(open.most).toBeLessThanOrEqual(16);
});

test.each([
  ['requestsPerUserPerMinute', 'of yours'],
  ['requestsPerIpPerMinute', 'from your network'],
  ['requestsTotalPerMinute', 'at this time'],
])('%s holds for files, lists, queues and diagnoses alike, and each page of history counts', async (name, whose) => {
  const item = { generation_id: 'of-another' };
  const vendor = await startVendor((request, response) => {
    if (request.method === 'POST')
      return void response.end(JSON.stringify({ generation_id: 'g', audio_url: `${vendor.url}/a.wav` }));
    const history = Array.from({ length: 100 }, () => item);
    response.end(request.url!.includes('history') ? JSON.stringify({ history }) : '{"voices":[]}');
  });
  const { mint, get, post, url } = await startWholeRelay({
    vendors: { audixa: { apiKey: 'k', baseUrl: vendor.url } },
    limits: { [name]: 8 },
  });
  const { session } = await mint();
  const headers = { authorization: `Bearer ${session}`, 'idempotency-key': freshKey() };
  const paid = await post(speech.audixa[0], JSON.stringify(speech.audixa[1]), headers);
  const { audio_url: file } = (await paid.json()) as { audio_url: string };
  const statuses: number[] = [];
  for (const path of ['audixa/v3/voices', 'diagnose', `queue/${headers['idempotency-key']}`]) {
    statuses.push((await get(path, session)).status);
  }
  statuses.push((await fetch(`${url}/${file}`)).status);
  expect(statuses).toEqual([200, 204, 200, 200]);
  // Three are left, and a look through the history takes ten.
  const history = await get('audixa/v3/history', session);
  expect(history.status).toBe(429);
  expect(await history.json()).toMatchObject({
    type: 'urn:saystream:relay:too_many_requests',
    detail: expect.stringContaining(whose),
  });
  expect(vendor.asked.filter(({ url: asked }) => asked.includes('/history'))).toHaveLength(3);
  for (const path of ['audixa/v3/voices', 'diagnose', `queue/${headers['idempotency-key']}`]) {
    expect((await get(path, session)).status).toBe(429);
  }
  expect((await fetch(`${url}/${file}`)).status).toBe(429);
});

test('requests whose count the store cannot keep are refused, and hold no place', async () => {
  const vendor = await startVendor((_, response) => response.end('{}'));
  let isDown = false;
  const store = {
    ...fakeStore(),
    spend: async () => (isDown ? Promise.reject(new Error('down')) : { taken: true, left: 1, retryAfterMs: 0 }),
  };
  const { mint, get } = await startWholeRelay({
    vendors: { audixa: { apiKey: 'k', baseUrl: vendor.url } },
    store,
    limits: { readsPerUser: 1 },
  });
  const { session } = await mint();
  isDown = true;
  for (let count = 0; count < 3; count += 1) {
    const answer = await get('audixa/v3/voices', session);
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('store_down')]);
  }
  isDown = false;
  expect((await get('audixa/v3/voices', session)).status).toBe(200);
});

test('hundreds of finished downloads leave no timer', async () => {
  const { relay, post, session } = await startFlooded();
  const { audio_url: name } = await post(...speech.audixa, await session('audixa'));
  const url = `${relay.url}/${name}`;
  // One that has ended keeps a timer of the HTTP client's own, as hundreds do.
  await (await fetch(url, { method: 'HEAD' })).text();
  const before = await relay.health();
  for (let count = 0; count < 300; count += 1) await (await fetch(url, { method: 'HEAD' })).text();
  const after = await relay.health();
  expect(after.timers - before.timers).toBeLessThan(5);
}, 30_000);
