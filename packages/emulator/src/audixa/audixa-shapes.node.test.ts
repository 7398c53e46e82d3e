import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { startEmulator, type Emulator } from '../index.ts';
import { audixaKey, type AudixaKey } from '../../tests/audixa-calls.ts';
import { hearStream } from '../../tests/hear-stream.ts';
import { beginMinute } from '../../tests/read-answer.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 1 });
});
afterAll(() => emulator.close());

const create = (scenario: string) => audixaKey(emulator, scenario).post('Hello.');

describe('a new job', () => {
  test('created-201: is answered with 201, and the same object', async () => {
    const { status, json } = await create('created-201');
    expect([status, json['status'], Object.keys(json)]).toEqual([201, 'IN_QUEUE', Object.keys((await create('run-x')).json)]);
  });

  test('bare-id and id-name: is answered with its id alone, under one of two names', async () => {
    for (const [scenario, name] of [
      ['bare-id', 'generation_id'],
      ['id-name', 'id'],
    ] as const) {
      const key = audixaKey(emulator, scenario);
      const { status, json } = await key.post('Hello.');
      expect([status, json]).toEqual([200, { [name]: expect.stringMatching(/^gen_/) }]);
      expect(await key.job(String(json[name]))).toMatchObject({ generation_id: json[name], input_text: 'Hello.' });
    }
  });

  test('nulls-absent: what has no value is left out, of jobs and of the history', async () => {
    const key = audixaKey(emulator, 'nulls-absent');
    const { json } = await key.post('Hello.');
    for (const name of ['method', 'audio_url', 'error_message', 'started_at', 'completed_at'])
      expect(json).not.toHaveProperty(name);
    expect(Object.values(json)).not.toContain(null);
    const { history } = (await key.get('/history')).json as { history: object[] };
    expect(history[0]).not.toHaveProperty('audio_url');
  });
});

describe('statuses', () => {
  test('lower-status: they are in small letters, in jobs and in the history', async () => {
    const key = audixaKey(emulator, 'lower-status');
    const { json } = await key.post('Hello.');
    expect(json['status']).toBe('in_queue');
    emulator.clock.advance(10_000);
    expect((await key.job(String(json['generation_id'])))['status']).toBe('completed');
    expect((await key.get('/history')).json).toMatchObject({ history: [{ status: 'completed' }] });
  });

  test('unknown-status: a job is POLISHING, without a file, before it is COMPLETED', async () => {
    const key = audixaKey(emulator, 'unknown-status');
    // Half a second of sound and a tenth before it; the word lasts 200 ms, and a slow machine may need more than one look.
    await expect
      .poll(async () => {
        const id = await key.create('Hello.');
        emulator.clock.advance(610);
        const early = await key.job(id);
        emulator.clock.advance(200);
        return [early['status'], early['audio_url'], (await key.job(id))['status']];
      })
      .toEqual(['POLISHING', null, 'COMPLETED']);
  });
});

describe('broken rules', () => {
  const broken = async (scenario: string) => await audixaKey(emulator, scenario).post({ voice_id: 'am_ethan', speed: 9 });

  test('errors-422: are told with 422, in FastAPI’s shape', async () => {
    const { status, json } = await broken('errors-422');
    expect([status, json]).toEqual([
      422,
      {
        detail: [
          { loc: ['body', 'text'], msg: 'Text is required', type: 'value_error' },
          { loc: ['body', 'speed'], msg: 'speed must be a number from 0.5 to 2', type: 'value_error' },
        ],
      },
    ]);
    expect((await audixaKey(emulator, 'errors-422').get('/voices?limit=0')).status).toBe(422);
  });

  test('errors-detail-object: are told in an object, the first of them', async () => {
    expect(await broken('errors-detail-object')).toMatchObject({ status: 400, json: { detail: { error: 'Text is required' } } });
  });

  test.each([
    { speed: 0.5 },
    { speed: 2 },
    { model: 'advanced', voice_id: 'jake', cfg_weight: 1, exaggeration: 0 },
    { model: 'advanced', voice_id: 'jake', cfg_weight: 5, exaggeration: 1 },
    { audio_format: 'mp3' },
    { language_code: 'no such language' },
    { text: 'x' },
  ])('%j breaks none: bounds are allowed', async (more) => {
    expect((await audixaKey(emulator, 'lost').post({ text: 'Hello.', voice_id: 'am_ethan', ...more })).status).toBe(200);
  });

  test.each([0.49, 2.01, '1', true])('a speed of %j breaks one', async (speed) => {
    expect((await audixaKey(emulator).post({ text: 'Hello.', voice_id: 'am_ethan', speed })).status).toBe(400);
  });
});

describe('rates', () => {
  beforeEach(() => beginMinute(emulator));
  const statusesOf = async (key: AudixaKey, count: number) => {
    const statuses: number[] = [];
    for (let i = 0; i < count; i += 1) statuses.push((await key.get('/voices')).status);
    return statuses;
  };

  test('240 a minute are shown, counted by key and clock, and not enforced', async () => {
    const key = audixaKey(emulator);
    expect(new Set(await statusesOf(key, 241))).toEqual(new Set([200]));
    const { headers } = await key.get('/voices');
    expect([headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual(['240', '0']);
    expect(Number(headers.get('x-ratelimit-reset'))).toBe(Math.ceil(emulator.clock.now() / 60_000) * 60);
    beginMinute(emulator);
    expect((await key.get('/voices')).headers.get('x-ratelimit-remaining')).toBe('239');
  });

  test('limit-<n>: so many requests in a minute of the clock, then 429 with the wait, for calls and handshakes', async () => {
    const key = audixaKey(emulator, 'limit-3');
    expect(await statusesOf(key, 3)).toEqual([200, 200, 200]);
    emulator.clock.advance(20_000);
    const refused = await key.get('/voices');
    const wait = Number(refused.headers.get('retry-after'));
    expect([refused.status, refused.json]).toEqual([429, { detail: 'Rate limit exceeded. Please retry after 30 seconds.' }]);
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(wait).toBeGreaterThan(20);
    expect(wait).toBeLessThanOrEqual(40);
    const before = emulator.ledger.length;
    expect((await key.post('Hello.')).status).toBe(429);
    expect((await hearStream(`${emulator.audixa.wsUrl}?api_key=${key.apiKey}`)).end).toMatchObject({ status: 429 });
    expect(emulator.ledger).toHaveLength(before);
    emulator.clock.advance(wait * 1_000);
    expect((await key.get('/voices')).status).toBe(200);
  });

  test('concurrent-<n>: so many jobs at a time, then 429 until one is done; asking is free', async () => {
    const key = audixaKey(emulator, 'concurrent-2');
    const [first, second, third] = [await key.post('Hello.'), await key.post('Hello.'), await key.post('Hello.')];
    expect([first?.status, second?.status, third?.status, third?.headers.get('retry-after')]).toEqual([200, 200, 429, '1']);
    expect((await hearStream(`${emulator.audixa.wsUrl}?api_key=${key.apiKey}`)).end).toMatchObject({ status: 429 });
    expect(await key.job(String(first?.json['generation_id']))).toMatchObject({ input_text: 'Hello.' });
    emulator.clock.advance(10_000);
    expect((await key.post('Hello.')).status).toBe(200);
  });
});
