import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Emulator } from '../index.ts';
import { ask, type ReadAnswer } from '../../tests/read-answer.ts';
import { sautiKey, startFast, swahili } from '../../tests/sauti-calls.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startFast();
});
afterAll(() => emulator.close());

const ratesOf = ({ headers }: ReadAnswer) => [headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')];
const nowSeconds = () => emulator.clock.now() / 1_000;

/** Asks so often. */
async function times(count: number, call: () => Promise<ReadAnswer>): Promise<ReadAnswer[]> {
  const answers: ReadAnswer[] = [];
  for (let i = 0; i < count; i += 1) answers.push(await call());
  return answers;
}
const statusesOf = (answers: readonly ReadAnswer[]) => [...new Set(answers.map(({ status }) => status))];

describe('a sliding minute', () => {
  test.each([
    ['10 syntheses', 10, 'synthesis', `/text-to-speech/${swahili}`, { text: 'Habari.' }],
    ['60 polls', 60, 'polling', '/tts/jobs/job_1', undefined],
    ['30 others', 30, 'other', '/voices', undefined],
  ] as const)(
    'has room for %s, and the next one is 429 with the limit and the kind in its words',
    async (_, limit, bucket, path, body) => {
      const { apiKey } = sautiKey(emulator);
      const call = () => ask(`${emulator.sauti.baseUrl}${path}`, { headers: { 'xi-api-key': apiKey }, body });
      expect(statusesOf(await times(limit, call))).not.toContain(429);
      const { status, json, headers } = await call();
      expect([status, headers.get('content-type')]).toEqual([429, 'application/problem+json']);
      expect(json).toEqual({
        type: 'https://sauti.finiflowlabs.com/errors/rate_limit_exceeded',
        title: 'Rate Limit Exceeded',
        status: 429,
        detail: `You have exceeded ${limit} requests per minute for ${bucket}. Try again shortly.`,
      });
    },
  );

  test('slides: each request leaves it a minute after it came', async () => {
    const key = sautiKey(emulator);
    await times(4, () => key.synthesise('Habari.'));
    emulator.clock.advance(30_000);
    await times(6, () => key.synthesise('Habari.'));
    expect((await key.synthesise('Habari.')).status).toBe(429);
    emulator.clock.advance(30_000);
    expect(statusesOf(await times(4, () => key.synthesise('Habari.')))).toEqual([200]);
    expect((await key.synthesise('Habari.')).status).toBe(429);
  });

  test('a refused request does not count: after the wait there is room', async () => {
    const key = sautiKey(emulator);
    await times(10, () => key.synthesise('Habari.'));
    emulator.clock.advance(59_000);
    await times(5, () => key.synthesise('Habari.'));
    emulator.clock.advance(1_000);
    expect(statusesOf(await times(10, () => key.synthesise('Habari.')))).toEqual([200]);
  });

  test('a request that breaks a rule counts, and nothing of it is accepted', async () => {
    const key = sautiKey(emulator);
    const before = emulator.ledger.length;
    await times(10, () => key.synthesise({}));
    expect((await key.synthesise('Habari.')).status).toBe(429);
    expect(emulator.ledger).toHaveLength(before);
  });

  test('jobs and short texts share the syntheses; statuses and downloads share the polls', async () => {
    const key = sautiKey(emulator);
    const created = await times(5, () => key.createJob('Habari.'));
    await times(5, () => key.synthesise('Habari.'));
    expect([(await key.createJob('Habari.')).status, (await key.synthesise('Habari.')).status]).toEqual([429, 429]);
    const job = `/tts/jobs/${String(created[0]?.json['job_id'])}`;
    await times(30, () => key.get(job));
    await times(30, () => key.get(`${job}/audio`));
    expect([(await key.get(job)).status, (await key.get(`${job}/audio`)).status]).toEqual([429, 429]);
    expect((await key.get('/voices')).status).toBe(200);
  });

  test('is each key’s own', async () => {
    const [one, other] = [sautiKey(emulator), sautiKey(emulator)];
    await times(11, () => one.synthesise('Habari.'));
    expect((await other.synthesise('Habari.')).status).toBe(200);
  });

  test('sauti-no-limits: it is counted and shown, not enforced', async () => {
    const key = sautiKey(emulator, 'sauti-no-limits');
    const answers = await times(12, () => key.synthesise('Habari.'));
    expect(statusesOf(answers)).toEqual([200]);
    expect(ratesOf(answers[11] as ReadAnswer)).toEqual(['10', '0']);
  });
});

describe('headers', () => {
  test('tell the bucket that was hit: its size, what is left, and when there is more, in Unix seconds', async () => {
    const key = sautiKey(emulator);
    const [voices, first, second] = [await key.get('/voices'), await key.synthesise('Habari.'), await key.synthesise('Habari.')];
    expect([voices, first, second].map(ratesOf)).toEqual([
      ['30', '29'],
      ['10', '9'],
      ['10', '8'],
    ]);
    expect(ratesOf(await key.get('/tts/jobs/job_1'))).toEqual(['60', '59']);
    emulator.clock.advance(20_000);
    const later = await key.synthesise('Habari.');
    const reset = Number(later.headers.get('x-ratelimit-reset'));
    expect(reset).toBe(Math.round(reset));
    // When the first of the three leaves.
    expect(reset - nowSeconds()).toBeGreaterThan(36);
    expect(reset - nowSeconds()).toBeLessThanOrEqual(41);
  });

  test('tell it of errors too, and of what a scenario refuses', async () => {
    const key = sautiKey(emulator);
    expect(ratesOf(await key.synthesise({}))).toEqual(['10', '9']);
    expect(ratesOf(await key.get('/nothing'))).toEqual(['30', '29']);
    expect(ratesOf(await sautiKey(emulator, 'http-500').synthesise('Habari.'))).toEqual(['10', '10']);
  });

  test('of calls at the same time each tells its own bucket', async () => {
    const key = sautiKey(emulator);
    const answers = await Promise.all([key.synthesise('a'.repeat(1_900)), key.get('/voices'), key.get('/tts/jobs/job_1')]);
    expect(answers.map((answer) => ratesOf(answer)[0])).toEqual(['10', '30', '60']);
  });

  test('are not on a 401, which has no bucket', async () => {
    expect(ratesOf(await ask(`${emulator.sauti.baseUrl}/voices`))).toEqual([null, null]);
    expect(ratesOf(await sautiKey(emulator, 'http-401').get('/voices'))).toEqual([null, null]);
  });

  test('Retry-After is on 429 alone, in whole seconds, until the oldest request leaves', async () => {
    const key = sautiKey(emulator);
    const [first] = await times(10, () => key.synthesise('Habari.'));
    expect(first?.headers.get('retry-after')).toBeNull();
    emulator.clock.advance(40_000);
    const wait = Number((await key.synthesise('Habari.')).headers.get('retry-after'));
    expect(wait).toBe(Math.round(wait));
    expect(wait).toBeGreaterThan(10);
    expect(wait).toBeLessThanOrEqual(20);
    emulator.clock.advance(wait * 1_000);
    expect((await key.synthesise('Habari.')).status).toBe(200);
  });

  test('Retry-After is on the 429 of a scenario too', async () => {
    expect((await sautiKey(emulator, 'http-429').get('/voices')).headers.get('retry-after')).toMatch(/^\d+$/);
  });

  test('sauti-no-retry-after: a 429 comes without it', async () => {
    const key = sautiKey(emulator, 'sauti-no-retry-after');
    const answers = await times(11, () => key.synthesise('Habari.'));
    expect([answers[10]?.status, answers[10]?.headers.get('retry-after')]).toEqual([429, null]);
    expect((await sautiKey(emulator, 'sauti-no-retry-after~http-429').get('/voices')).headers.get('retry-after')).toBeNull();
  });

  test('pages may read them', async () => {
    const exposed = (await sautiKey(emulator).get('/voices')).headers.get('access-control-expose-headers');
    expect(exposed?.split(', ')).toEqual(['Retry-After', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']);
  });
});

describe('the order of the checks', () => {
  const post = (apiKey: string, body: string, type = 'application/json', voice = swahili) =>
    ask(`${emulator.sauti.baseUrl}/text-to-speech/${voice}`, {
      headers: { 'xi-api-key': apiKey, 'content-type': type },
      body,
    });
  const wrong = JSON.stringify({ text: 'a'.repeat(5_001), stranger: 1 });
  const large = ' '.repeat(1_100_000);

  test('the key comes before the minute, the minute before the body, the body before its shape, the shape before its values', async () => {
    const { apiKey } = sautiKey(emulator);
    expect((await post('revoked', large)).status).toBe(401);
    expect((await post(apiKey, large, 'text/plain', 'nobody')).status).toBe(413);
    expect((await post(apiKey, wrong, 'application/json', 'nobody')).status).toBe(400);
    expect((await post(apiKey, JSON.stringify({ text: '' }), 'application/json', 'nobody')).json['detail']).toMatch(/empty/);
    await times(7, () => post(apiKey, '{}'));
    expect((await post(apiKey, large)).status).toBe(429);
    expect((await post('revoked', large)).status).toBe(401);
  });

  test('sauti-values-first: voices and lengths come before unknown members', async () => {
    const { apiKey } = sautiKey(emulator, 'sauti-values-first');
    expect((await post(apiKey, wrong)).status).toBe(422);
    expect((await post(apiKey, JSON.stringify({ text: 'a', stranger: 1 }), 'application/json', 'nobody')).status).toBe(422);
    expect((await post(apiKey, JSON.stringify({ text: 'a', stranger: 1 }))).status).toBe(400);
  });
});
