import type { ServerResponse } from 'node:http';

import { expect, test } from 'vitest';

import { freshKey, speech, startVendor } from '../../tests/relay-under-test.ts';
import { startWholeRelay } from '../../tests/whole-relay.ts';

const heartbeatMs = 200;
/** Two heartbeats and what a busy machine needs. */
const soon = { timeout: 3_000 };

/** A vendor that begins to speak and never ends; its job names a file like that. */
async function startSpeakingVendor(answer?: (response: ServerResponse, count: number) => boolean) {
  const open = new Set<ServerResponse>();
  const vendor = await startVendor((request, response, count) => {
    if (answer?.(response, count)) return;
    open.add(response.on('close', () => open.delete(response)));
    if (request.method === 'POST' && /\/v3\/|jobs/.test(request.url!)) {
      response.end(JSON.stringify({ generation_id: 'g', job_id: 'j', audio_url: `${vendor.url}/a.wav` }));
      return;
    }
    response.writeHead(200, { 'content-type': 'audio/wav' });
    const timer = setInterval(() => response.write('sound'), 20);
    response.on('close', () => clearInterval(timer));
  });
  const account = { apiKey: 'k', baseUrl: vendor.url };
  const relay = await startWholeRelay({
    vendors: { audixa: account, sauti: account, moknah: account },
    limits: { heartbeatMs, queueWaitMs: 10_000 },
  });
  const session = async (of: string) => (await relay.mint({ vendor: of })).session;
  const pay = async (of: keyof typeof speech, bearer: string, path = speech[of][0], body: object = speech[of][1]) =>
    relay.post(path, JSON.stringify(body), { authorization: `Bearer ${bearer}`, 'idempotency-key': freshKey() });
  return { vendor, open, relay, session, pay };
}

test.each(['sauti', 'moknah'] as const)('revoking ends speech of %s that runs over HTTP, and leaves the vendor', async (of) => {
  const { open, relay, session, pay } = await startSpeakingVendor();
  const answer = await pay(of, await session(of));
  expect(answer.status).toBe(200);
  const heard = answer.text();
  await relay.relay.revoke('user-1');
  await expect(heard).rejects.toThrow('terminated');
  await expect.poll(() => open.size, soon).toBe(0);
});

test('revoking ends the downloads of files and of jobs’ audio', async () => {
  const { open, relay, session, pay } = await startSpeakingVendor();
  const [audixa, sauti] = [await session('audixa'), await session('sauti')];
  const { audio_url: name } = (await (await pay('audixa', audixa)).json()) as { audio_url: string };
  await (await pay('sauti', sauti, 'sauti/v1/tts/jobs', { text: 'Habari', voice_id: 'sw' })).text();
  const downloads = [await fetch(`${relay.url}/${name}`), await relay.get('sauti/v1/tts/jobs/j/audio', sauti)];
  expect(downloads.map(({ status }) => status)).toEqual([200, 200]);
  const heard = downloads.map((answer) => expect(answer.text()).rejects.toThrow('terminated'));
  await relay.relay.revoke('user-1');
  await Promise.all(heard);
  await expect.poll(() => open.size, soon).toBe(0);
});

test('a queued request of a revoked user is never sent, and costs nothing', async () => {
  const { vendor, relay, session, pay } = await startSpeakingVendor();
  const bearer = await session('moknah');
  const [running, queued] = [await pay('moknah', bearer), pay('moknah', bearer)];
  running.text().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await relay.relay.revoke('user-1');
  const refused = await queued;
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
  expect(await refused.json()).toMatchObject({ type: 'urn:saystream:relay:token_revoked' });
  expect(vendor.asked).toHaveLength(1);
});

test('a request that the vendor was too busy for is not sent again after a revocation, even between two heartbeats', async () => {
  const busy = (response: ServerResponse) => {
    response
      .writeHead(409, { 'content-type': 'application/json' })
      .end('{"success":false,"error":{"code":"CONCURRENT_REQUEST"}}');
    return true;
  };
  const { vendor, relay, session, pay } = await startSpeakingVendor(busy);
  const waiting = pay('moknah', await session('moknah'));
  await expect.poll(() => vendor.asked.length, soon).toBe(1);
  await relay.relay.revoke('user-1');
  expect((await waiting).status).toBe(401);
  expect(vendor.asked).toHaveLength(1);
});

test('a request whose answer is still awaited ends with 401, and its key is not sent again', async () => {
  const { vendor, relay, session } = await startSpeakingVendor(() => true);
  const bearer = await session('moknah');
  const key = { authorization: `Bearer ${bearer}`, 'idempotency-key': freshKey() };
  const body = JSON.stringify(speech.moknah[1]);
  const waiting = relay.post(speech.moknah[0], body, key);
  await expect.poll(() => vendor.asked.length, soon).toBe(1);
  await relay.relay.revoke('user-1');
  expect((await waiting).status).toBe(401);
  const again = await relay.post(speech.moknah[0], body, { ...key, authorization: `Bearer ${await session('moknah')}` });
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([502, 'true']);
  expect(vendor.asked).toHaveLength(1);
});
