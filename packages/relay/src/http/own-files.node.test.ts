import { expect, test } from 'vitest';

import { bearer } from '../../tests/fake-parts.ts';
import { ask, codeOf, pay, relayTo, speech, startVendor } from '../../tests/relay-under-test.ts';
import { answerHttp } from './answer-http.ts';

test('generations, jobs and history are the user’s own only', async () => {
  const vendor = await startVendor((request, response) => {
    response.setHeader('content-type', 'application/json');
    const path = request.url!;
    if (request.method === 'POST')
      return response.end(path.startsWith('/v3') ? '{"generation_id":"gen_1"}' : '{"job_id":"job_1"}');
    if (!path.startsWith('/v3/history')) return response.end('{"ok":true}');
    const offset = Number(new URL(path, 'http://x').searchParams.get('offset'));
    const item = (index: number) => ({
      generation_id: index === 150 ? 'gen_1' : `other_${index}`,
      audio_url: 'https://cdn.example/a',
    });
    const history = Array.from({ length: offset === 0 ? 100 : 60 }, (_, index) => item(offset + index));
    return response.end(JSON.stringify({ limit: 100, offset, length: history.length, history }));
  });
  const context = relayTo(vendor.url);
  const bob = { headers: { authorization: bearer({ user: 'bob' }) } };
  await pay(context, ...speech.audixa);
  await (await pay(context, 'sauti/v1/tts/jobs', { text: 'a', voice_id: 'sw' })).text();
  for (const path of ['audixa/v3/tts?generation_id=gen_1', 'sauti/v1/tts/jobs/job_1', 'sauti/v1/tts/jobs/job_1/audio']) {
    expect((await ask(context, path)).status).toBe(200);
    const theirs = await ask(context, path, bob);
    expect([theirs.status, await codeOf(theirs)]).toEqual([404, 'not_found']);
  }
  expect((await ask(context, 'audixa/v3/tts')).status).toBe(400);
  const mine = (await (await ask(context, 'audixa/v3/history?limit=5')).json()) as { history: { audio_url: string }[] };
  expect(mine).toMatchObject({ limit: 5, offset: 0, length: 1, history: [{ generation_id: 'gen_1' }] });
  expect(mine.history[0]!.audio_url).toMatch(/^files\/[\w.-]+$/);
  expect(await (await ask(context, 'audixa/v3/history', bob)).json()).toMatchObject({ length: 0, history: [] });
});

test('a finished file comes by a sealed name, without a token, and by no forged one', async () => {
  const vendor = await startVendor((request, response) => {
    if (request.method === 'POST') return response.end(`{"generation_id":"gen_1","audio_url":"${vendor.url}/audio/gen_1.wav"}`);
    expect(request.headers['x-api-key']).toBeUndefined();
    return response.writeHead(206, { 'content-type': 'audio/wav', 'content-range': 'bytes 0-1/9' }).end('so');
  });
  const context = relayTo(vendor.url);
  const { audio_url: name } = (await (await pay(context, ...speech.audixa)).json()) as { audio_url: string };
  expect(name).not.toContain(vendor.url);
  const sealed = name.replace('../../', '');
  const play = (path: string, headers: Record<string, string> = {}) =>
    answerHttp(new Request(`https://relay.example/speech/${path}`, { headers }), context, '');
  const file = await play(sealed, { range: 'bytes=0-1' });
  expect([file.status, file.headers.get('content-type'), await file.text()]).toEqual([206, 'audio/wav', 'so']);
  expect(vendor.asked.at(-1)!.headers.range).toBe('bytes=0-1');
  const flipped = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  expect((await play(flipped)).status).toBe(404);
  expect((await play(sealed, { origin: 'https://evil.example' })).status).toBe(403);
  // A relay of other secrets opens nothing.
  const other = relayTo(vendor.url);
  expect((await answerHttp(new Request(`https://relay.example/${sealed}`), other, '')).status).toBe(404);
});
