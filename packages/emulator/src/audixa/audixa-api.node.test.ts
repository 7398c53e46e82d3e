import { get } from 'node:http';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startEmulator, toneVoice, type Emulator } from '../index.ts';
import { hearStream } from '../../tests/hear-stream.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 10 });
});
afterAll(() => emulator.close());

const call = (path: string, { key = emulator.audixa.apiKey, ...init }: RequestInit & { key?: string } = {}) =>
  fetch(`${emulator.audixa.baseUrl}${path}`, { ...init, headers: { 'x-api-key': key } });
const post = (body: unknown, key?: string) =>
  call('/tts', { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), ...(key && { key }) });
const jsonOf = async (response: Response) => (await response.json()) as Record<string, unknown>;
const answerOf = async (response: Response) => [response.status, await jsonOf(response)];
const generation = (id: unknown, key?: string) => call(`/tts?generation_id=${String(id)}`, key ? { key } : {});
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The statuses that a job goes through, each once. */
async function follow(id: unknown, key?: string): Promise<{ statuses: string[]; job: Record<string, unknown> }> {
  const statuses: string[] = [];
  for (const beganAtMs = Date.now(); Date.now() - beganAtMs < 10_000;) {
    const job = await jsonOf(await generation(id, key));
    const status = String(job['status']);
    if (statuses.at(-1) !== status) statuses.push(status);
    if (status === 'COMPLETED' || status === 'FAILED') return { statuses, job };
    await sleep(10);
  }
  throw new Error(`still ${statuses.join(', ')} after 10 s`);
}

describe('POST /v3/tts and GET /v3/tts', () => {
  test('a job is accepted with 200 and the documented object', async () => {
    const response = await post({ text: 'Hello.', voice_id: 'am_ethan' });
    expect(await answerOf(response)).toEqual([
      200,
      {
        generation_id: emulator.ledger.at(-1)?.generationId,
        status: 'IN_QUEUE',
        input_text: 'Hello.',
        voice_id: 'am_ethan',
        voice_name: 'Ethan',
        model: 'base',
        tokens: 8,
        dollar_cost: 0.000008,
        method: null,
        audio_url: null,
        error_message: null,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        started_at: null,
        completed_at: null,
      },
    ]);
    expect(emulator.ledger.at(-1)).toMatchObject({ transport: 'http', text: 'Hello.', characters: 6, tokens: 8 });
  });

  test('it goes through its states by the clock', async () => {
    const accepted = await jsonOf(await post({ text: 'A text of one second.', voice_id: 'am_ethan' }));
    const id = accepted['generation_id'];
    const { statuses, job } = await follow(id);
    // A slow machine may be too late to see it in the queue.
    expect([...new Set([accepted['status'], ...statuses])]).toEqual(['IN_QUEUE', 'GENERATING', 'COMPLETED']);
    expect(job).toMatchObject({
      audio_url: `${emulator.url}/audio/${String(id)}.wav`,
      method: 'CREDITS_BALANCE',
      error_message: null,
    });
    expect(job['completed_at']).toEqual(expect.any(String));
  });

  test('a rate of its own makes it slower', async () => {
    const key = emulator.scenario('pace-0.1');
    const { generation_id: id } = await jsonOf(await post({ text: 'Slow.', voice_id: 'am_ethan' }, key));
    emulator.clock.advance(400);
    expect(await jsonOf(await generation(id, key))).toMatchObject({ status: 'GENERATING', audio_url: null });
  });

  test.each([
    [3, 8],
    [30, 8],
    [31, 8],
    [33, 9],
    [100, 25],
  ])('%i characters cost %i tokens', async (characters, tokens) => {
    expect(await jsonOf(await post({ text: 'x'.repeat(characters), voice_id: 'am_ethan' }))).toMatchObject({ tokens });
  });

  test('the address of the file is the one that the client used', async () => {
    const { port } = new URL(emulator.url);
    await post({ text: 'Hello.', voice_id: 'am_ethan' }, emulator.scenario('burst'));
    const id = emulator.ledger.at(-1)?.generationId;
    await follow(id, emulator.scenario('burst'));
    const headers = { host: 'speech.test:8080', 'x-api-key': emulator.scenario('burst') };
    const body = await new Promise<string>((resolve) => {
      get({ host: '127.0.0.1', port, path: `/v3/tts?generation_id=${id}`, headers }, (response) =>
        response.once('data', (data) => resolve(String(data))),
      );
    });
    expect(JSON.parse(body)).toMatchObject({ audio_url: `http://speech.test:8080/audio/${id}.wav` });
  });

  test('a broken request is answered with the documented 400 and not accepted', async () => {
    const before = emulator.ledger.length;
    expect(await answerOf(await post({ model: 'turbo', speed: '1' }))).toEqual([
      400,
      {
        detail: 'Validation error',
        errors: [
          { field: 'text', message: 'Text is required' },
          { field: 'voice_id', message: 'Voice ID is required' },
          { field: 'model', message: "Model must be 'base' or 'advanced'" },
          { field: 'speed', message: 'speed must be a number from 0.5 to 2' },
        ],
      },
    ]);
    expect(emulator.ledger).toHaveLength(before);
  });

  test.each([
    ['no JSON', '{"text', 'body'],
    ['an array', '[]', 'body'],
    ['a number as text', '{"text":1,"voice_id":"am_ethan"}', 'text'],
    ['a text that is too long', JSON.stringify({ text: 'x'.repeat(50_001), voice_id: 'am_ethan' }), 'text'],
    ['an unknown voice', '{"text":"x","voice_id":"nobody"}', 'voice_id'],
    ['a voice of another model', '{"text":"x","voice_id":"am_ethan","model":"advanced"}', 'voice_id'],
    ['an unknown format', '{"text":"x","voice_id":"am_ethan","audio_format":"ogg"}', 'audio_format'],
    ['a number as language', '{"text":"x","voice_id":"am_ethan","language_code":1}', 'language_code'],
    ['too much exaggeration', '{"text":"x","voice_id":"jake","model":"advanced","exaggeration":1.1}', 'exaggeration'],
    ['too little weight', '{"text":"x","voice_id":"jake","model":"advanced","cfg_weight":0.9}', 'cfg_weight'],
  ])('%s names its field', async (_title, body, field) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await jsonOf(response)).toMatchObject({ errors: [{ field }] });
  });

  test('null, unknown members, and advanced controls with base are ignored', async () => {
    const odd = { text: 'x', voice_id: 'am_ethan', speed: null, model: null, cfg_weight: 99, unheard_of: {} };
    expect((await post(odd)).status).toBe(200);
  });

  test('characters are counted as code points', async () => {
    await post({ text: '😀'.repeat(50_000), voice_id: 'am_ethan' }, emulator.scenario('lost'));
    expect(emulator.ledger.at(-1)).toMatchObject({ characters: 50_000, tokens: 12_500 });
  });

  test('a body above a mebibyte is too large', async () => {
    expect((await post('x'.repeat(1_100_000))).status).toBe(413);
  });

  test('a generation is known to its own account, and unknown to any other', async () => {
    const { generation_id: id } = await jsonOf(await post({ text: 'Mine.', voice_id: 'am_ethan' }));
    const unknown = [404, { detail: 'Generation not found' }];
    expect((await generation(id)).status).toBe(200);
    expect(await answerOf(await generation(id, emulator.scenario('burst')))).toEqual(unknown);
    expect(await answerOf(await generation('gen_unknown'))).toEqual(unknown);
    expect((await call('/tts')).status).toBe(400);
  });

  test.each([
    ['fails', { status: 'FAILED', error_message: 'The generation failed', audio_url: null }],
    ['stuck', { status: 'GENERATING', audio_url: null, completed_at: null }],
  ])('%s: a job of its own ends so', async (name, expected) => {
    const key = emulator.scenario(`${name}~burst`);
    const { generation_id: id } = await jsonOf(await post({ text: 'Hello.', voice_id: 'am_ethan' }, key));
    emulator.clock.advance(300);
    expect(await jsonOf(await generation(id, key))).toMatchObject(expected);
  });

  test('lost: a job is accepted and then unknown', async () => {
    const key = emulator.scenario('lost');
    const { generation_id: id } = await jsonOf(await post({ text: 'Hello.', voice_id: 'am_ethan' }, key));
    expect(id).toBe(emulator.ledger.at(-1)?.generationId);
    expect((await generation(id, key)).status).toBe(404);
  });

  test('a voice that fails makes the job FAILED', async () => {
    const hoarse = await startEmulator({ voice: () => Promise.reject(new Error('hoarse')) });
    const init = { headers: { 'x-api-key': 'emulated' } };
    const accepted = await fetch(`${hoarse.url}/v3/tts`, { ...init, method: 'POST', body: '{"text":"x","voice_id":"am_ethan"}' });
    const { generation_id: id } = await jsonOf(accepted);
    await sleep(20);
    expect(await jsonOf(await fetch(`${hoarse.url}/v3/tts?generation_id=${String(id)}`, init))).toMatchObject({
      status: 'FAILED',
    });
    expect((await fetch(`${hoarse.url}/emulator/voice?text=x`)).status).toBe(500);
    await hoarse.close();
  });
});

describe('a stream is a job too', () => {
  const request = JSON.stringify({ text: 'A stream is a job too.', voice_id: 'am_ethan' });
  const hear = (key: string) => hearStream(`${emulator.audixa.wsUrl}?api_key=${key}`, { send: [request], forMs: 1_000 });
  const lastId = () => emulator.ledger.at(-1)?.generationId;

  test('it is GENERATING while it is sent and COMPLETED with completed', async () => {
    const key = emulator.scenario('pace-2');
    const heard = hear(key);
    await sleep(300);
    expect(await jsonOf(await generation(lastId(), key))).toMatchObject({ status: 'GENERATING', audio_url: null });
    await heard;
    expect(await jsonOf(await generation(lastId(), key))).toMatchObject({ status: 'COMPLETED', audio_url: expect.any(String) });
  });

  test.each(['drop-midway', 'early-1000', 'close-1011-at-end', 'stall-midway', 'silent'])(
    '%s: what broke off is finished all the same, and its file served',
    async (name) => {
      const key = emulator.scenario(`${name}~burst`);
      const { order } = await hear(key);
      expect(order).not.toContain('completed');
      const { job } = await follow(lastId(), key);
      const file = await fetch(String(job['audio_url']));
      expect((await file.arrayBuffer()).byteLength).toBe(44 + 2 * toneVoice('A stream is a job too.').length);
    },
  );

  test.each([
    ['drop-midway~lost', 404, undefined],
    ['drop-midway~fails', 200, 'FAILED'],
    ['drop-midway~stuck', 200, 'GENERATING'],
  ])('%s: unless the scenario says otherwise', async (name, code, status) => {
    const key = emulator.scenario(name);
    await hear(key);
    emulator.clock.advance(400);
    const response = await generation(lastId(), key);
    expect([response.status, (await jsonOf(response))['status']]).toEqual([code, status]);
  });

  test('a stream that came to its end is COMPLETED even then', async () => {
    const key = emulator.scenario('burst~fails');
    await hear(key);
    expect(await jsonOf(await generation(lastId(), key))).toMatchObject({ status: 'COMPLETED' });
  });
});

describe('keys', () => {
  test('x-api-key and a bearer token are the same', async () => {
    for (const authorization of ['Bearer emulated', 'bearer emulated']) {
      expect((await fetch(`${emulator.audixa.baseUrl}/voices`, { headers: { authorization } })).status).toBe(200);
    }
  });

  test.each(['', 'nobody', 'emulated-nonsense'])('%j is a wrong one', async (key) => {
    expect(await answerOf(await call('/voices', { key }))).toEqual([401, { detail: 'Invalid or missing API key' }]);
  });

  test('a key that is refused at the handshake is a wrong one here', async () => {
    expect((await call('/voices', { key: emulator.scenario('wrong-key-at-handshake') })).status).toBe(401);
  });
});

test.each([
  ['DELETE', '/tts'],
  ['GET', '/nothing'],
])('%s %s is not there', async (method, path) => {
  expect(await answerOf(await call(path, { method }))).toEqual([404, { detail: 'Not Found' }]);
});
