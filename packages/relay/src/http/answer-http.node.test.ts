import { expect, test } from 'vitest';

import { bearer, fakeStore, pageOrigin } from '../../tests/fake-parts.ts';
import { apiKey, ask, codeOf, pay, relayTo, speech, startVendor } from '../../tests/relay-under-test.ts';
import { answerHttp } from './answer-http.ts';

test('checks come in order: origin, route, method, token, then the fields', async () => {
  const vendor = await startVendor((_, response) => response.end('{}'));
  const context = relayTo(vendor.url);
  const foreign = await ask(context, 'nothing', { headers: { origin: 'https://evil.example' } });
  expect([foreign.status, await codeOf(foreign)]).toEqual([403, 'wrong_origin']);
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  const nowhere = await ask(context, 'nothing', { headers: { authorization: '' } });
  expect([nowhere.status, await codeOf(nowhere)]).toEqual([404, 'no_such_route']);
  const wrong = await ask(context, 'audixa/v3/voices', { method: 'DELETE', headers: { authorization: '' } });
  expect([wrong.status, await codeOf(wrong), wrong.headers.get('allow')]).toEqual([405, 'wrong_method', 'GET, HEAD, OPTIONS']);
  const tokenless = await pay(context, 'audixa/v3/tts', '{', { headers: { authorization: '' } });
  expect([tokenless.status, tokenless.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
  const keyless = await ask(context, 'audixa/v3/tts', { method: 'POST', body: '{' });
  expect([keyless.status, await codeOf(keyless)]).toEqual([400, 'idempotency_key_missing']);
  const odd = await pay(context, 'audixa/v3/tts', '{}', { headers: { 'idempotency-key': 'short' } });
  expect(await codeOf(odd)).toBe('idempotency_key_invalid');
  const typeless = await pay(context, 'audixa/v3/tts', '{}', { headers: { 'content-type': 'text/plain' } });
  expect([typeless.status, await codeOf(typeless)]).toEqual([415, 'not_json']);
  const large = await pay(context, 'audixa/v3/tts', { text: 'a'.repeat(70_000), voice_id: 'x' });
  expect([large.status, await codeOf(large)]).toEqual([413, 'too_large']);
  const unknown = await pay(context, 'audixa/v3/tts', { text: 'a', voice_id: 'x', url: 'https://evil.example' });
  expect([unknown.status, await codeOf(unknown)]).toEqual([400, 'unknown_field']);
  const scope = await pay(context, 'audixa/v3/tts', speech.audixa[1], { headers: { authorization: bearer({ voice: 'other' }) } });
  expect([scope.status, await codeOf(scope)]).toEqual([403, 'out_of_scope']);
  const slug = await pay(context, 'audixa/v3/custom/theirs/tts', speech.audixa[1]);
  expect(slug.status).toBe(404);
  expect(vendor.asked).toEqual([]);
  expect(context.meter.open).toEqual({ streams: 0, characters: 0, turns: 0 });
});

test('a socket’s path that is asked for without an upgrade says what is missing, and how to mend it', async () => {
  const vendor = await startVendor((_, response) => response.end('{}'));
  const context = relayTo(vendor.url);
  const answer = await ask(context, 'audixa/v3/tts/stream', { headers: { authorization: '' } });
  expect(answer.status).toBe(426);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('access-control-allow-origin')).toBe(pageOrigin);
  expect(await answer.json()).toMatchObject({
    type: 'urn:saystream:relay:no_upgrade',
    title: 'Upgrade required',
    detail: expect.stringMatching(/relay\.upgrade.*nginx.*Upgrade/),
  });
  const foreign = await ask(context, 'audixa/v3/tts/stream', { headers: { origin: 'https://evil.example' } });
  expect(foreign.status).toBe(403);
  const posted = await ask(context, 'audixa/v3/tts/stream', { method: 'POST', body: '{}' });
  expect(posted.status).toBe(405);
  expect(vendor.asked).toEqual([]);
});

test('answers tell pages what CORS and the browser’s guards need, preflights too', async () => {
  const vendor = await startVendor((_, response) => response.end('{}'));
  const context = relayTo(vendor.url);
  const flight = await ask(context, 'audixa/v3/tts', { method: 'OPTIONS' });
  expect(flight.status).toBe(204);
  expect(Object.fromEntries(flight.headers)).toMatchObject({
    'access-control-allow-origin': pageOrigin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': expect.stringContaining('idempotency-key'),
    'access-control-max-age': '600',
    vary: 'Origin',
  });
  const answer = await ask(context, 'audixa/v3/voices');
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'access-control-allow-origin': pageOrigin,
    'access-control-expose-headers': expect.stringContaining('Retry-After'),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.any(String),
  });
  const head = await ask(context, 'audixa/v3/voices', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('what a vendor says of its rates and credits reaches the page, in words that its origin may read; no other header does', async () => {
  const told = {
    ratelimit: '"minute";r=3;t=20',
    'ratelimit-remaining': '3',
    'x-ratelimit-limit': '10',
    'x-ratelimit-reset': '20',
    'moknah-credits-remaining': '42',
    'x-request-id': 'of-the-vendor',
  };
  const kept = {
    'set-cookie': 'a=b',
    server: 'nginx',
    location: 'https://elsewhere.example',
    'access-control-allow-origin': '*',
    'x-internal': '10.0.0.1',
    'www-authenticate': 'Bearer error="invalid_token"',
  };
  const vendor = await startVendor((_, response) => response.writeHead(429, { ...told, ...kept }).end('{}'));
  const answer = await ask(relayTo(vendor.url), 'audixa/v3/voices');
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    ...told,
    'retry-after': '20',
    'access-control-allow-origin': pageOrigin,
  });
  const exposed = answer.headers.get('access-control-expose-headers')?.toLowerCase().split(', ');
  expect(exposed).toEqual(expect.arrayContaining([...Object.keys(told), 'retry-after']));
  for (const name of ['set-cookie', 'server', 'location', 'x-internal', 'www-authenticate'])
    expect([name, answer.headers.get(name)]).toEqual([name, null]);
});

test('the vendor is sent the key and the fields, and nothing else of the page', async () => {
  const vendor = await startVendor((_, response) => response.end('{"voices":[]}'));
  const context = relayTo(vendor.url);
  const headers = { cookie: 'a=b', 'x-forwarded-for': '1.2.3.4', 'x-api-key': 'mine', referer: 'https://app.example/' };
  await (await ask(context, 'audixa/v3/voices?limit=5&api_key=x&model=base&model=y', { headers })).text();
  expect(vendor.asked[0]!.url).toBe('/v3/voices?model=base&limit=5');
  expect(vendor.asked[0]!.headers['x-api-key']).toBe(apiKey);
  for (const name of ['cookie', 'origin', 'authorization', 'x-forwarded-for', 'referer', 'idempotency-key']) {
    expect(vendor.asked[0]!.headers[name]).toBeUndefined();
  }
});

test.each(['audixa', 'sauti', 'moknah'] as const)('a key that %s echoes never reaches the page, in no spelling', async (name) => {
  const spelt = [apiKey, encodeURIComponent(apiKey), JSON.stringify(apiKey).slice(1, -1)];
  const context = relayTo(
    (
      await startVendor((_, response, count) => {
        response.writeHead(count === 1 ? 200 : 401, {
          'content-type': 'application/json',
          'x-request-id': encodeURIComponent(apiKey),
          'www-authenticate': 'Bearer error="invalid_token"',
          'set-cookie': 'a=b',
          'x-leak': encodeURIComponent(apiKey),
        });
        const text = `{"detail":"${spelt.join(' ')}"}`;
        response.write(text.slice(0, 20));
        setTimeout(() => response.end(text.slice(20)), 20);
      })
    ).url,
  );
  for (let count = 0; count < 2; count += 1) {
    const response = await pay(context, ...speech[name]);
    const all = `${JSON.stringify([...response.headers])}${await response.text()}`;
    expect(all).toContain('****');
    for (const spelling of spelt) expect(all).not.toContain(spelling);
    expect(response.headers.get('www-authenticate')).toBeNull();
    expect(response.headers.get('set-cookie')).toBeNull();
  }
});

test('a page that says it is speech is passed as bytes that nothing opens', async () => {
  const vendor = await startVendor((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<script>1</script>'),
  );
  const response = await pay(relayTo(vendor.url), ...speech.moknah);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
  expect(await response.text()).toBe('<script>1</script>');
});

test('an endless answer ends at what so much text can be', async () => {
  const vendor = await startVendor((_, response) => {
    response.writeHead(200, { 'content-type': 'audio/mpeg' });
    const more = () => {
      while (!response.destroyed && response.write(new Uint8Array(65_536)));
    };
    response.on('drain', more);
    more();
  });
  const context = relayTo(vendor.url);
  const response = await pay(context, ...speech.moknah);
  await expect(response.arrayBuffer()).rejects.toThrow(/broke off|larger/);
  await context.idle();
  expect(context.meter.open).toMatchObject({ streams: 0, turns: 0 });
});

test('sound reaches the page while it arrives', async () => {
  let end = () => {};
  const vendor = await startVendor((_, response) => {
    response.writeHead(200, { 'content-type': 'audio/wav' }).write('RIFF');
    end = () => void response.end('rest');
  });
  const response = await pay(relayTo(vendor.url), ...speech.moknah);
  const reader = response.body!.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('RIFF');
  end();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('rest');
  expect((await reader.read()).done).toBe(true);
});

test('diagnosis says whether a stream would be let in', async () => {
  const context = relayTo('http://127.0.0.1:9');
  for (const path of ['diagnose', 'audixa/v3/diagnose', 'sauti/v1/diagnose', 'moknah/api/v1/diagnose']) {
    expect((await ask(context, path)).status).toBe(204);
  }
  expect((await ask(context, 'diagnose', { headers: { authorization: '' } })).status).toBe(401);
  expect((await ask(context, 'diagnose', { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  context.meter.refuse = { status: 429, code: 'too_many_streams', detail: 'Two at a time.', retryAfterMs: 1_500 };
  const full = await ask(context, 'diagnose');
  expect([full.status, await codeOf(full), full.headers.get('retry-after')]).toEqual([429, 'too_many_streams', '2']);
  expect(context.meter.open).toEqual({ streams: 0, turns: 0, characters: 0 });
  context.drain();
  const closing503 = await ask(context, 'diagnose');
  expect([closing503.status, await codeOf(closing503)]).toEqual([503, 'draining']);
});

test('a store that is down, and a fault of ours, are problems that tell nothing of the inside', async () => {
  const vendor = await startVendor((_, response) => response.end('sound'));
  const down = () => Promise.reject(new Error('ECONNREFUSED redis://user:pw@10.0.0.7'));
  const context = relayTo(vendor.url, { store: { ...fakeStore(), once: down, get: down, put: down } });
  const stopped = await pay(context, ...speech.moknah);
  expect([stopped.status, await codeOf(stopped)]).toEqual([503, 'store_down']);
  expect(vendor.asked).toEqual([]);
  const broken = await answerHttp(
    new Request('https://relay.example/speech/diagnose', { headers: { origin: pageOrigin, authorization: 'Bearer !!!' } }),
    context,
    '',
  );
  expect(broken.status).toBe(500);
  expect(await broken.text()).not.toMatch(/redis|atob|at .*\.ts/);
  expect(context.events.map(({ type }) => type)).toEqual(['refused', 'fault']);
});

test('a page that leaves a call which costs nothing leaves the vendor too, also while nothing comes', async () => {
  let isLeft = false;
  const vendor = await startVendor((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    response.once('close', () => (isLeft = true));
  });
  const response = await ask(relayTo(vendor.url), 'sauti/v1/voices');
  await response.body!.getReader().cancel();
  await expect.poll(() => isLeft).toBe(true);
});

const allowedIn = (response: Response): string[] => response.headers.get('access-control-allow-headers')?.split(', ') ?? [];

test('a preflight of a listed origin allows the headers it asks for, and those the clients use', async () => {
  const context = relayTo('http://127.0.0.1:9');
  const asked = 'Content-Type,x-csrf-token, X-XSRF-TOKEN';
  const flight = await ask(context, 'token', { method: 'OPTIONS', headers: { 'access-control-request-headers': asked } });
  expect(flight.status).toBe(204);
  expect(allowedIn(flight)).toEqual(expect.arrayContaining(['authorization', 'content-type', 'x-csrf-token', 'x-xsrf-token']));
  expect(new Set(allowedIn(flight)).size).toBe(allowedIn(flight).length);
  const hostile = `x-ok, x y, ${'x'.repeat(101)}, *, "q", ${Array.from({ length: 200 }, (_, index) => `x-${index}`).join(', ')}`;
  const many = await ask(context, 'token', { method: 'OPTIONS', headers: { 'access-control-request-headers': hostile } });
  expect(allowedIn(many)).toContain('x-ok');
  expect(allowedIn(many).length).toBeLessThan(60);
  for (const name of allowedIn(many)) expect(name).toMatch(/^[\w*-]{1,100}$/);
});

test('a preflight of an origin that is not listed allows nothing', async () => {
  const headers = { origin: 'https://evil.example', 'access-control-request-headers': 'x-csrf-token' };
  const flight = await ask(relayTo('http://127.0.0.1:9'), 'token', { method: 'OPTIONS', headers });
  expect([flight.status, flight.headers.get('access-control-allow-origin'), allowedIn(flight)]).toEqual([403, null, []]);
});
