import { gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startEmulator, type Emulator } from '../index.ts';
import { exchange, type RawAnswer } from '../../tests/raw-exchange.ts';
import { synthesise, vendors, type Vendor } from '../../tests/vendor-calls.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: Infinity });
});
afterAll(() => emulator.close());

/** An answer, and how many syntheses were accepted for it. */
async function ask(vendor: Vendor, scenario: string): Promise<RawAnswer & { accepted: number }> {
  const before = emulator.ledger.length;
  const answer = await synthesise(emulator, vendor, scenario);
  return { ...answer, accepted: emulator.ledger.length - before };
}
const lengthOf = ({ headers }: RawAnswer): number => Number(headers['content-length']);

describe.each(vendors)('%s', (vendor) => {
  test.each([
    ['drop-request', 'end', 0],
    ['reset-request', 'reset', 0],
    ['drop-answer', 'end', 1],
    ['reset-answer', 'reset', 1],
  ] as const)('%s: nothing is said; the connection: %s; accepted: %i', async (name, end, accepted) => {
    const answer = await ask(vendor, name);
    expect([answer.status, answer.body.length, answer.end, answer.accepted]).toEqual([undefined, 0, end, accepted]);
  });

  test.each(['http-503', 'http-429', 'error-body-nginx-502', 'redirect-307'])('%s: nothing is accepted', async (name) => {
    expect(await ask(vendor, name)).toMatchObject({ accepted: 0, end: 'end' });
  });

  test('cut-body and reset-body: half of what the length promises', async () => {
    for (const [name, end] of [
      ['cut-body', 'end'],
      ['reset-body', 'reset'],
    ] as const) {
      const answer = await ask(vendor, name);
      expect([answer.status, answer.accepted, answer.end, answer.body.length]).toEqual([200, 1, end, lengthOf(answer) >> 1]);
    }
  });

  test('cut-chunked: half of the body in one chunk, and no last one', async () => {
    const whole = await ask(vendor, 'run-whole');
    const answer = await ask(vendor, 'cut-chunked');
    expect([answer.status, answer.headers['transfer-encoding'], answer.headers['content-length'], answer.end]).toEqual([
      200,
      'chunked',
      undefined,
      'end',
    ]);
    const [size = ''] = answer.body.toString('latin1').split('\r\n', 1);
    // Ids and times differ in length by a little.
    expect(Math.abs(parseInt(size, 16) - lengthOf(whole) / 2)).toBeLessThan(4);
    expect(answer.body.length).toBe(size.length + 2 + parseInt(size, 16) + 2);
    expect(answer.body.toString('latin1')).not.toMatch(/\r\n0\r\n/);
  });

  test('short-body and empty-200: the length tells what there is', async () => {
    const whole = await ask(vendor, 'run-short');
    const short = await ask(vendor, 'short-body');
    expect([short.status, short.body.length]).toEqual([200, lengthOf(short)]);
    expect(Math.abs(short.body.length - whole.body.length / 2)).toBeLessThan(4);
    expect(await ask(vendor, 'empty-200')).toMatchObject({ status: 200, body: Buffer.alloc(0), accepted: 1 });
  });

  test('html-200: a web page instead of what was accepted', async () => {
    const { status, headers, body, accepted } = await ask(vendor, 'html-200');
    expect([status, headers['content-type'], accepted]).toEqual([200, 'text/html', 1]);
    expect(body.toString()).toMatch(/^<!doctype html>/);
  });

  test.each([
    ['text', 'text/plain'],
    ['html', 'text/html'],
    ['json', 'application/json'],
    ['octet', 'application/octet-stream'],
  ])('wrong-type-%s: the same body as %s', async (word, type) => {
    const { headers, body } = await ask(vendor, `wrong-type-${word}`);
    expect([headers['content-type'], body.length]).toEqual([type, Number(headers['content-length'])]);
  });

  test.each([500, 502, 503, 429])('accepted-then-%i: accepted, and that status with the vendor’s body', async (status) => {
    const refused = await ask(vendor, `http-${status}`);
    const answer = await ask(vendor, `accepted-then-${status}`);
    expect([answer.status, answer.accepted, answer.headers['content-type']]).toEqual([
      status,
      1,
      refused.headers['content-type'],
    ]);
    expect(answer.body).toEqual(refused.body);
  });

  test('body-stall: headers, one byte and silence', async () => {
    const answer = await synthesise(emulator, vendor, 'body-stall', { forMs: 300 });
    expect([answer.status, answer.body.length, answer.end]).toEqual([200, 1, 'open']);
  });

  test('a count ends a fault, and a broken request is refused as ever', async () => {
    const statuses = [await ask(vendor, 'drop-answer-times-1'), await ask(vendor, 'drop-answer-times-1')];
    expect(statuses.map(({ status }) => status)).toEqual([undefined, 200]);
    const answer = await synthesise(emulator, vendor, 'cut-body', { body: '{}' });
    expect([answer.status, answer.body.length]).toEqual([
      expect.toSatisfy((code) => code === 400 || code === 422),
      lengthOf(answer),
    ]);
  });
});

describe('JSON', () => {
  test('truncated-json: half of it; audio is whole', async () => {
    const { body, headers } = await ask('sauti', 'truncated-json');
    expect(() => void JSON.parse(body.toString())).toThrow(SyntaxError);
    expect(body.length).toBe(Number(headers['content-length']));
    expect((await ask('moknah', 'truncated-json')).body.length).toBe((await ask('moknah', 'run-json')).body.length);
  });

  test('bom: JSON begins with a byte order mark; audio does not', async () => {
    const { body } = await ask('audixa', 'bom');
    expect([...body.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(JSON.parse(body.toString().slice(1))).toMatchObject({ status: 'IN_QUEUE' });
    expect((await ask('moknah', 'bom')).body).toEqual((await ask('moknah', 'run-bom')).body);
  });

  test('gzip-bomb: little is sent and much is meant', async () => {
    const { headers, body } = await ask('audixa', 'gzip-bomb');
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'transfer-encoding': 'chunked' });
    expect(body.length).toBeLessThan(1_000_000);
    const gzip = unchunked(body);
    expect(gunzipSync(gzip, { maxOutputLength: 300 * 1024 * 1024 }).length).toBe(200 * 1024 * 1024);
  });
});

/** The chunks of a body, joined. */
function unchunked(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const end = body.indexOf('\r\n', at);
    const size = parseInt(body.toString('latin1', at, end), 16);
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}

describe('time', () => {
  test('drip: the body comes in many pieces and whole', async () => {
    const { url, apiKey } = { url: `${emulator.audixa.baseUrl}/voices?limit=1`, apiKey: emulator.scenario('drip-1') };
    const response = await fetch(url, { headers: { 'x-api-key': apiKey } });
    let pieces = 0;
    let text = '';
    for await (const piece of response.body ?? []) {
      pieces += 1;
      text += Buffer.from(piece as Uint8Array).toString();
    }
    expect(pieces).toBeGreaterThan(20);
    expect(JSON.parse(text)).toMatchObject({ length: 1 });
  });

  test('slow-headers: nothing comes before its time, which the clock can bring on', async () => {
    const answer = synthesise(emulator, 'audixa', 'slow-headers-600000');
    const before = emulator.ledger.length;
    await expect.poll(() => emulator.ledger.length).toBe(before + 1);
    emulator.clock.advance(600_000);
    expect((await answer).status).toBe(200);
  });

  test('a client that leaves ends what was slow', async () => {
    await synthesise(emulator, 'moknah', 'slow-headers-600000', { forMs: 200 });
    // Moknah has one slot: it is free again.
    await expect.poll(async () => (await synthesise(emulator, 'moknah', 'slow-headers-600000', { forMs: 100 })).end).toBe('open');
  });
});

describe('refusals', () => {
  const retryAfter = async (name: string) => (await ask('audixa', `http-503~${name}`)).headers['retry-after'];

  test('Retry-After is seconds, a date, garbage, or not there', async () => {
    expect(await retryAfter('retry-after-9')).toBe('9');
    for (const [name, seconds] of [
      ['retry-after-date', 2],
      ['retry-after-date-60', 60],
    ] as const) {
      const date = await retryAfter(name);
      expect(date).toMatch(/GMT$/);
      const aheadMs = Date.parse(date ?? '') - emulator.clock.now();
      expect(aheadMs).toBeGreaterThan((seconds - 2) * 1_000);
      expect(aheadMs).toBeLessThanOrEqual((seconds + 1) * 1_000);
    }
    const garbage = await Promise.all(Array.from({ length: 10 }, (_, n) => retryAfter(`retry-after-garbage-${n}`)));
    expect(new Set(garbage).size).toBe(10);
    expect(garbage).toContain('99999999999');
    expect((await ask('audixa', 'http-429~no-retry-after')).headers).not.toHaveProperty('retry-after');
    expect(() => emulator.scenario('retry-after-garbage-10')).toThrow(RangeError);
  });

  test.each([
    ['fastapi-validation', 422, 'application/json'],
    ['fastapi-bad-json', 422, 'application/json'],
    ['fastapi-object', 400, 'application/json'],
    ['fastapi-list', 400, 'application/json'],
    ['fastapi-crash', 500, 'text/plain'],
    ['drf-fields', 400, 'application/json'],
    ['drf-cross-field', 400, 'application/json'],
    ['drf-list', 400, 'application/json'],
    ['drf-list-of-objects', 400, 'application/json'],
    ['drf-throttle', 429, 'application/json'],
    ['django-404', 404, 'text/html'],
    ['django-500', 500, 'text/html'],
    ['nginx-413', 413, 'text/html'],
    ['nginx-502', 502, 'text/html'],
    ['nginx-504', 504, 'text/html'],
    ['audixa-v2', 400, 'application/json'],
    ['audixa-v2-429', 429, 'application/json'],
    ['message-only', 400, 'application/json'],
    ['null-body', 500, 'application/json'],
    ['empty-body', 500, 'application/json'],
  ])('error-body-%s is %i as %s', async (word, status, type) => {
    const answer = await ask('sauti', `error-body-${word}`);
    expect([answer.status, answer.headers['content-type']]).toEqual([status, expect.stringContaining(type)]);
    expect(answer.body.length).toBe(lengthOf(answer));
    expect(answer.body.length > 0).toBe(word !== 'empty-body');
  });

  test.each([301, 302, 303, 307, 308])('redirect-%i leads elsewhere, and who follows is noted', async (status) => {
    const near = await ask('audixa', `redirect-${status}`);
    expect([near.status, near.headers['location']]).toEqual([status, `${emulator.url}/emulator/elsewhere`]);
    const away = await ask('audixa', `redirect-away-${status}`);
    expect([away.status, new URL(away.headers['location'] ?? '').hostname]).toEqual([status, 'localhost']);
    await exchange(`${emulator.url}/emulator/elsewhere?${status}`, { headers: { 'x-api-key': 'secret' } });
    const followed = (await (await fetch(`${emulator.url}/emulator/followed`)).json()) as unknown[];
    expect(followed.at(-1)).toMatchObject({
      method: 'GET',
      url: `${emulator.url}/emulator/elsewhere?${status}`,
      headers: { 'x-api-key': 'secret' },
    });
  });
});

describe('headers', () => {
  test.each([
    ['audixa', 'x-ratelimit-remaining'],
    ['sauti', 'x-ratelimit-remaining'],
    ['moknah', 'ratelimit-remaining'],
  ] as const)('no-rate-headers: %s keeps them to itself', async (vendor, name) => {
    expect((await ask(vendor, 'run-rates')).headers).toHaveProperty(name);
    expect((await ask(vendor, 'no-rate-headers')).headers).not.toHaveProperty(name);
  });

  test('cors-missing-on-errors: a page may read successes alone', async () => {
    expect((await ask('sauti', 'cors-missing-on-errors')).headers).toHaveProperty('access-control-allow-origin', '*');
    expect((await ask('sauti', 'cors-missing-on-errors~http-429')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  test.each(vendors)('a page that asks %s first may call', async (vendor) => {
    const { status, headers } = await synthesise(emulator, vendor, 'drop-request', { method: 'OPTIONS', body: '' });
    expect(status).toBe(204);
    for (const name of ['x-api-key', 'xi-api-key', 'authorization', 'content-type']) {
      expect(headers['access-control-allow-headers']).toContain(name);
    }
  });

  test.each(vendors)('%s: a body above a mebibyte is 413, and a wrong key 401', async (vendor) => {
    const answer = await synthesise(emulator, vendor, 'run-large', { body: ' '.repeat(1_100_000) });
    expect(answer.status).toBe(413);
    const path = { audixa: '/v3/voices', sauti: '/v1/voices', moknah: '/api/v1/voices/' }[vendor];
    expect((await exchange(`${emulator.url}${path}`)).status).toBe(401);
  });
});
