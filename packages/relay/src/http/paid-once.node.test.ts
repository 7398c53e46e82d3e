import type { ServerResponse } from 'node:http';

import { expect, test } from 'vitest';

import { bearer, fakeStore } from '../../tests/fake-parts.ts';
import { waitUntilAborted } from '../../tests/wait-until-aborted.ts';
import { ask, closedPort, codeOf, freshKey, pay, relayTo, speech, startVendor } from '../../tests/relay-under-test.ts';

test.each([
  [
    'a redirect',
    (_: unknown, response: ServerResponse) => response.writeHead(307, { location: 'http://169.254.169.254/' }).end(),
    502,
  ],
  [
    'a bomb of headers',
    (_: unknown, response: ServerResponse) => response.writeHead(200, { bomb: 'a'.repeat(99_999) }).end(),
    502,
  ],
  ['a connection that breaks', (_: unknown, response: ServerResponse) => response.destroy(), 502],
  ['silence', () => {}, 504],
] as const)('%s of the vendor is a problem that says so, and the request is not sent again', async (_, answer, status) => {
  const vendor = await startVendor(answer);
  const context = relayTo(vendor.url, { limits: { idleMs: 300 } });
  const key = { headers: { 'idempotency-key': freshKey() } };
  const first = await pay(context, ...speech.moknah, key);
  const second = await pay(context, ...speech.moknah, key);
  expect([first.status, second.status]).toEqual([status, status]);
  expect(first.headers.get('content-type')).toBe('application/problem+json');
  expect(second.headers.get('idempotency-replayed')).toBe('true');
  expect(vendor.asked).toHaveLength(1);
  expect(context.meter.open).toMatchObject({ streams: 0, turns: 0, characters: 5 });
});

test('a vendor that is not there costs nothing, and the key may be used again', async () => {
  const context = relayTo(await closedPort());
  const key = { headers: { 'idempotency-key': freshKey() } };
  for (let count = 0; count < 2; count += 1) {
    const response = await pay(context, ...speech.moknah, key);
    expect([response.status, await codeOf(response)]).toEqual([503, 'vendor_unreachable']);
  }
  expect(context.meter.open).toEqual({ streams: 0, turns: 0, characters: 0 });
});

test('an answer that falls silent breaks off, and a repetition breaks off likewise', async () => {
  const vendor = await startVendor((_, response) => void response.writeHead(200, { 'content-type': 'audio/mpeg' }).write('ab'));
  const context = relayTo(vendor.url, { limits: { idleMs: 300 } });
  const key = { headers: { 'idempotency-key': freshKey() } };
  const first = await pay(context, ...speech.moknah, key);
  await expect(first.text()).rejects.toThrow(/broke off|larger/);
  await context.idle();
  const again = await pay(context, ...speech.moknah, key);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  await expect(again.text()).rejects.toThrow(/broke off|larger/);
  expect(vendor.asked).toHaveLength(1);
});

test('a key gives one answer: still running, the same again, and another request is refused', async () => {
  let end = () => {};
  const vendor = await startVendor((_, response) => {
    response.writeHead(200, { 'content-type': 'audio/wav' }).write('one ');
    end = () => void response.end('answer');
  });
  const context = relayTo(vendor.url);
  const key = freshKey();
  const headers = { 'idempotency-key': key };
  const first = await pay(context, ...speech.moknah, { headers });
  const running = await pay(context, ...speech.moknah, { headers });
  expect([running.status, await codeOf(running), running.headers.get('retry-after')]).toEqual([409, 'still_running', '1']);
  expect(await (await ask(context, `queue/${key}`, { headers: { authorization: bearer({ vendor: 'moknah' }) } })).json()).toEqual(
    {
      state: 'running',
    },
  );
  // The page leaves; the vendor is read to its end.
  await first.body!.cancel();
  end();
  await context.idle();
  const again = await pay(context, ...speech.moknah, { headers });
  expect([again.status, await again.text(), again.headers.get('idempotency-replayed')]).toEqual([200, 'one answer', 'true']);
  const other = await pay(context, speech.moknah[0], { text: 'another', voice_id: 7 }, { headers });
  expect([other.status, await codeOf(other)]).toEqual([422, 'key_reused']);
  // Of another user it is another key.
  const theirs = await pay(context, speech.moknah[0], speech.moknah[1], {
    headers: { ...headers, authorization: bearer({ user: 'bob' }) },
  });
  expect(theirs.headers.get('idempotency-replayed')).toBeNull();
  expect(vendor.asked).toHaveLength(2);
});

test('two requests with one key in the same moment reach the vendor once', async () => {
  let refused = 0;
  let answerFirst = () => {};
  const vendor = await startVendor((_, response) => {
    answerFirst = () => void response.writeHead(200, { 'content-type': 'audio/wav' }).end('sound');
    if (refused === 9) answerFirst();
  });
  const context = relayTo(vendor.url);
  const headers = { 'idempotency-key': freshKey() };
  // The vendor answers when all others have been refused: a quick answer would be given to some of them again.
  const payOnce = async () => {
    const answer = await pay(context, ...speech.moknah, { headers });
    if (answer.status === 409 && (refused += 1) === 9) answerFirst();
    return answer;
  };
  const answers = await Promise.all(Array.from({ length: 10 }, payOnce));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
  expect(vendor.asked).toHaveLength(1);
});

test('a 4xx costs nothing and frees the key; its wait becomes Retry-After', async () => {
  const vendor = await startVendor((_, response, count) => {
    if (count > 1) response.end('{"generation_id":"gen_1"}');
    else response.writeHead(429, { 'content-type': 'application/json' }).end('{"detail":"Too many. Retry after 12 seconds."}');
  });
  const context = relayTo(vendor.url);
  const headers = { 'idempotency-key': freshKey() };
  const refused = await pay(context, ...speech.audixa, { headers });
  expect([refused.status, refused.headers.get('retry-after'), context.meter.open.characters]).toEqual([429, '12', 0]);
  const taken = await pay(context, ...speech.audixa, { headers });
  expect([taken.status, context.meter.open.characters]).toEqual([200, 5]);
});

test('a key that the store cannot free is an event, and the refusal reaches the page all the same', async () => {
  const vendor = await startVendor((_, response) => response.writeHead(402).end('{"detail":"No credits."}'));
  for (const broken of ['note', 'once']) {
    const store = fakeStore();
    const forget = (name: string) =>
      name.startsWith(broken === 'note' ? 'idem-note:' : 'idem:') ? Promise.reject(new Error('CROSSSLOT')) : store.forget(name);
    const context = relayTo(vendor.url, { store: { ...store, forget } });
    const headers = { 'idempotency-key': freshKey() };
    expect((await pay(context, ...speech.audixa, { headers })).status).toBe(402);
    expect(context.events).toContainEqual({ type: 'fault', code: 'store_forget_failed' });
  }
  const healthy = relayTo(vendor.url);
  expect((await pay(healthy, ...speech.audixa)).status).toBe(402);
  expect(healthy.events.map(({ code }) => code)).not.toContain('store_forget_failed');
});

test('Moknah’s 409 is waited out here', async () => {
  const vendor = await startVendor((_, response, count) => {
    if (count > 1) response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('sound');
    else response.writeHead(409).end('{"error":{"code":"CONCURRENT_REQUEST"}}');
  });
  const context = relayTo(vendor.url);
  const response = await pay(context, ...speech.moknah);
  expect([response.status, await response.text(), vendor.asked.length]).toEqual([200, 'sound', 2]);
  const busy = await startVendor((_, response) => response.writeHead(409).end('{"error":{"code":"CONCURRENT_REQUEST"}}'));
  const short = relayTo(busy.url, { limits: { queueWaitMs: 1_500 } });
  const refused = await pay(short, ...speech.moknah);
  expect([refused.status, busy.asked.length, short.meter.open]).toEqual([409, 2, { streams: 0, characters: 0, turns: 0 }]);
});

test('a page that leaves while it waits costs nothing', async () => {
  const vendor = await startVendor((_, response) => response.end('sound'));
  const context = relayTo(vendor.url);
  const leaving = new AbortController();
  const key = freshKey();
  context.meter.turn = (_vendor, _user, _ticket, { signal, onPosition }) => {
    onPosition?.(3);
    return waitUntilAborted(signal);
  };
  const asked = pay(context, ...speech.moknah, { signal: leaving.signal, headers: { 'idempotency-key': key } });
  await expect
    .poll(async () => (await ask(context, `queue/${key}`, { headers: { authorization: bearer({ vendor: 'moknah' }) } })).json())
    .toEqual({ state: 'waiting', position: 3 });
  leaving.abort();
  expect((await asked).status).toBe(503);
  expect(context.meter.open).toEqual({ streams: 0, turns: 0, characters: 0 });
  expect(vendor.asked).toEqual([]);
});

test('a 204 to a paid request passes, and is paid for once', async () => {
  const vendor = await startVendor((_, response) => response.writeHead(204).end());
  const context = relayTo(vendor.url);
  for (const name of ['audixa', 'sauti', 'moknah'] as const) {
    const headers = { 'idempotency-key': freshKey() };
    expect((await pay(context, ...speech[name], { headers })).status).toBe(204);
    await context.idle();
    expect((await pay(context, ...speech[name], { headers })).status).toBe(204);
  }
  expect(vendor.asked).toHaveLength(3);
});

test('an answer too large to keep is passed whole, and is not paid for again', async () => {
  const size = 20_000_000;
  const vendor = await startVendor((_, response) =>
    response.writeHead(200, { 'content-type': 'audio/wav' }).end(new Uint8Array(size)),
  );
  const context = relayTo(vendor.url);
  const headers = { 'idempotency-key': freshKey() };
  const body = { text: 'a'.repeat(1_000), voice_id: 7 };
  const first = await pay(context, speech.moknah[0], body, { headers });
  expect((await first.arrayBuffer()).byteLength).toBe(size);
  await context.idle();
  const again = await pay(context, speech.moknah[0], body, { headers });
  expect([again.status, await codeOf(again), vendor.asked.length]).toEqual([409, 'answer_not_kept', 1]);
});

test('a page that takes nothing is sent away, and the vendor is read to its end', async () => {
  const size = 20_000_000;
  const vendor = await startVendor((_, response) =>
    response.writeHead(200, { 'content-type': 'audio/wav' }).end(new Uint8Array(size)),
  );
  const context = relayTo(vendor.url, { limits: { slowReaderMs: 100 } });
  const response = await pay(context, speech.moknah[0], { text: 'a'.repeat(1_000), voice_id: 7 });
  await context.idle();
  expect(context.meter.open).toMatchObject({ streams: 0, turns: 0 });
  await expect(response.arrayBuffer()).rejects.toThrow(/took nothing/);
});

test('the same request with and without a trailing slash is one request', async () => {
  const vendor = await startVendor((_, response) => void response.writeHead(200, { 'content-type': 'audio/wav' }).end('sound'));
  const context = relayTo(vendor.url);
  for (const [path, body] of Object.values(speech)) {
    const asked = vendor.asked.length;
    const key = { headers: { 'idempotency-key': freshKey() } };
    const [without, withSlash] = [path.replace(/\/$/, ''), path.replace(/\/?$/, '/')];
    const first = await pay(context, without, body, key);
    expect([first.status, await first.text()]).toEqual([200, 'sound']);
    await context.idle();
    const second = await pay(context, withSlash, body, key);
    expect([second.status, await second.text()]).toEqual([200, 'sound']);
    expect(vendor.asked).toHaveLength(asked + 1);
  }
});
