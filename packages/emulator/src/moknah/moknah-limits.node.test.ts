import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { startEmulator, type Emulator } from '../index.ts';
import { ask, beginMinute, type ReadAnswer } from '../../tests/read-answer.ts';
import { errorOf, moknahKey } from '../../tests/moknah-calls.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: Infinity });
});
afterAll(() => emulator.close());
beforeEach(() => beginMinute(emulator));

const text = 'مرحبا';
const nowSeconds = () => emulator.clock.now() / 1_000;
/** Asks so often, and says how it went. */
async function times(count: number, call: () => Promise<ReadAnswer>): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < count; i += 1) statuses.push((await call()).status);
  return statuses;
}
const names = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'moknah-credits-remaining', 'moknah-credits-used'];
const numberOf = ({ headers }: ReadAnswer, name: string) => Number(headers.get(name) ?? Number.NaN);
/** 1,500 characters with AI enhancement: 3,000 credits. */
const dear = { text: 'a'.repeat(1_500), voice_id: 1, prerecording: 2, output_format: 'opus_48000_32' };

describe('60 requests a minute', () => {
  test('the 61st is 429, with what is left of the credits and when the minute is over', async () => {
    const key = moknahKey(emulator);
    expect(new Set(await times(60, () => key.voices()))).toEqual(new Set([200]));
    emulator.clock.advance(20_000);
    const { status, json, headers } = await key.voices();
    const wait = Number(headers.get('retry-after'));
    expect([status, json]).toEqual([
      429,
      {
        success: false,
        error: {
          code: 'RATE_LIMIT_EXCEEDED',
          message: 'Rate limit exceeded. Contact sales@moknah.io to increase limits.',
          details: { credits_remaining: 10_000, reset_after: wait },
        },
      },
    ]);
    expect(wait).toBe(Math.round(wait));
    expect(wait).toBeGreaterThan(20);
    expect(wait).toBeLessThanOrEqual(40);
    emulator.clock.advance(wait * 1_000);
    expect((await key.voices()).status).toBe(200);
  });

  test('the minute is one of the clock: a new one begins with all of them', async () => {
    const key = moknahKey(emulator);
    emulator.clock.advance(50_000);
    await times(60, () => key.voices());
    expect((await key.voices()).status).toBe(429);
    beginMinute(emulator);
    expect(new Set(await times(60, () => key.voices()))).toEqual(new Set([200]));
  });

  test('every request counts, a refused one too, and each key by itself', async () => {
    const key = moknahKey(emulator);
    await times(30, () => key.generate({}));
    await times(30, () => key.generate({ text, voice_id: 5 }));
    expect((await key.generate(text)).status).toBe(429);
    expect((await moknahKey(emulator).voices()).status).toBe(200);
  });

  test('moknah-no-limits: they are counted and shown, not enforced', async () => {
    const key = moknahKey(emulator, 'moknah-no-limits');
    expect(new Set(await times(61, () => key.voices()))).toEqual(new Set([200]));
    expect(numberOf(await key.voices(), 'ratelimit-remaining')).toBe(0);
  });
});

describe('credits', () => {
  test.each([
    ['a character costs 1', {}, 5],
    ['… with basic enhancement as well', { prerecording: 1 }, 5],
    ['… 2 with AI enhancement', { prerecording: 2 }, 10],
    ['characters are code points', { text: '😀😀' }, 2],
  ])('%s', async (_title, more, credits) => {
    const key = moknahKey(emulator, 'moknah-credits-1000');
    const answer = await key.generate({ text, voice_id: 1, ...more });
    expect([numberOf(answer, 'moknah-credits-used'), numberOf(answer, 'moknah-credits-remaining')]).toEqual([
      credits,
      1_000 - credits,
    ]);
    expect(emulator.ledger.at(-1)).toMatchObject({ credits });
  });

  test('10,000 a minute: what would exceed them is 429, and is not accepted', async () => {
    const key = moknahKey(emulator);
    expect(await times(3, () => key.generate(dear))).toEqual([200, 200, 200]);
    const before = emulator.ledger.length;
    const refused = await key.generate(dear);
    expect([refused.status, errorOf(refused)['details']]).toEqual([
      429,
      { credits_remaining: 1_000, reset_after: Number(refused.headers.get('retry-after')) },
    ]);
    expect(emulator.ledger).toHaveLength(before);
    expect((await key.generate({ ...dear, prerecording: 1, text: 'a'.repeat(1_000) })).status).toBe(200);
    beginMinute(emulator);
    expect((await key.generate(dear)).status).toBe(200);
  });

  test('moknah-no-limits: the minute has as many as it takes', async () => {
    const key = moknahKey(emulator, 'moknah-no-limits');
    expect(await times(4, () => key.generate(dear))).toEqual([200, 200, 200, 200]);
  });

  test('moknah-credits-<n>: an account that has too few is 402, with what it has and what it would need', async () => {
    const key = moknahKey(emulator, 'moknah-credits-12');
    expect(await times(2, () => key.generate(text))).toEqual([200, 200]);
    const poor = await key.generate(text);
    expect([poor.status, errorOf(poor)]).toEqual([
      402,
      {
        code: 'INSUFFICIENT_CREDITS',
        message: 'You do not have enough credits to generate speech.',
        details: { credits_remaining: 2, credits_required: 5 },
      },
    ]);
    expect([numberOf(poor, 'moknah-credits-remaining'), numberOf(poor, 'moknah-credits-used')]).toEqual([2, 5]);
    beginMinute(emulator);
    expect((await key.generate(text)).status).toBe(402);
    expect((await key.generate({ text: 'ab', voice_id: 1 })).status).toBe(200);
  });
});

describe('headers', () => {
  test('all five are on every answer: limit, what is left, the end of the minute in Unix seconds, credits', async () => {
    const key = moknahKey(emulator, 'moknah-credits-100');
    const end = Math.ceil(nowSeconds() / 60) * 60;
    const seen = [
      await key.voices(),
      await key.generate(text),
      await key.generate({}),
      await key.generate({ text, voice_id: 5 }),
    ];
    expect(seen.map((answer) => [answer.status, ...names.map((name) => numberOf(answer, name))])).toEqual([
      [200, 60, 59, end, 100, 0],
      [200, 60, 58, end, 95, 5],
      [400, 60, 57, end, 95, 0],
      [404, 60, 56, end, 95, 0],
    ]);
  });

  test('they are on what a scenario refuses as well, and on what it accepts and then fails', async () => {
    const refused = await moknahKey(emulator, 'http-500').generate(text);
    expect(numberOf(refused, 'ratelimit-remaining')).toBe(60);
    const failed = await moknahKey(emulator, 'accepted-then-500').generate(text);
    expect([failed.status, numberOf(failed, 'moknah-credits-used')]).toEqual([500, 5]);
  });

  test('they are not on a 401, which has no account', async () => {
    const answer = await ask(`${emulator.moknah.baseUrl}/voices/`);
    expect(names.filter((name) => answer.headers.has(name))).toEqual([]);
  });

  test('Retry-After is on the 429 of a scenario too, as its details say', async () => {
    const answer = await moknahKey(emulator, 'http-429').generate(text);
    expect([answer.headers.get('retry-after'), errorOf(answer)['details']]).toEqual([
      '45',
      { credits_remaining: 0, reset_after: 45 },
    ]);
  });

  test('moknah-reset-delta: the end of the minute is in seconds from now', async () => {
    emulator.clock.advance(10_000);
    const reset = numberOf(await moknahKey(emulator, 'moknah-reset-delta').voices(), 'ratelimit-reset');
    expect(reset).toBeGreaterThan(30);
    expect(reset).toBeLessThanOrEqual(50);
  });

  test('moknah-retry-date: Retry-After is a date, and not too early', async () => {
    const key = moknahKey(emulator, 'moknah-retry-date');
    await times(60, () => key.voices());
    const end = Math.ceil(nowSeconds() / 60) * 60;
    const date = (await key.voices()).headers.get('retry-after') ?? '';
    expect(date).toMatch(/GMT$/);
    expect(Date.parse(date) / 1_000 - end).toBeGreaterThanOrEqual(0);
    expect(Date.parse(date) / 1_000 - end).toBeLessThanOrEqual(2);
    expect((await moknahKey(emulator, 'moknah-retry-date~http-429').voices()).headers.get('retry-after')).toMatch(/GMT$/);
  });

  test('moknah-hide-headers: none of the five is there, and no Retry-After', async () => {
    const key = moknahKey(emulator, 'moknah-hide-headers');
    await times(60, () => key.voices());
    const answer = await key.voices();
    expect([answer.status, [...names, 'retry-after'].filter((name) => answer.headers.has(name))]).toEqual([429, []]);
    expect(errorOf(answer)['details']).toMatchObject({ reset_after: expect.any(Number) });
  });

  test('pages may read them', async () => {
    const exposed = (await moknahKey(emulator).voices()).headers.get('access-control-expose-headers') ?? '';
    for (const name of [...names, 'retry-after']) expect(exposed.toLowerCase()).toContain(name);
  });
});

test('the order: key, requests, slot, body, voice, credits of the account, credits of the minute', async () => {
  const key = moknahKey(emulator, 'moknah-credits-6001~moknah-busy-1');
  const statuses = [
    (await ask(`${emulator.moknah.baseUrl}/tts/generate/`, { body: {} })).status,
    (await key.generate({ voice_id: 5 })).status,
    (await key.generate({ voice_id: 5 })).status,
    (await key.generate({ ...dear, voice_id: 5 })).status,
    (await key.generate(dear)).status,
    (await key.generate(dear)).status,
    (await key.generate(dear)).status,
  ];
  expect(statuses).toEqual([401, 409, 400, 404, 200, 200, 402]);
  const rich = moknahKey(emulator);
  await times(3, () => rich.generate(dear));
  expect((await rich.generate({ ...dear, voice_id: 90 })).status).toBe(403);
  expect((await rich.generate(dear)).status).toBe(429);
  await times(55, () => rich.voices());
  expect((await rich.generate({})).status).toBe(429);
});
