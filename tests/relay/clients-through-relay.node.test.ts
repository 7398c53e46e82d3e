import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startEmulator, type Emulator } from '@saystream/emulator';
import { createAudixa, createMoknah, createSauti, isSpeechError, type ClientEvent } from 'saystream';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createRelay, type Relay } from '@saystream/relay';
import { relayHandler } from '@saystream/relay/node';

type Vendor = 'audixa' | 'sauti' | 'moknah';

let emulator: Emulator;
/** One relay for each key of the emulator, by a mount path of its own. */
const relays: Relay[] = [];
const server = createServer((request, response) => relayHandler(relays[Number(request.url?.split('/')[1])]!)(request, response));

beforeAll(async () => {
  emulator = await startEmulator({ rate: Infinity });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await Promise.all(relays.map((relay) => relay.close(10)));
  server.closeAllConnections();
  server.close();
  await emulator.close();
});

/** The address of a relay for this key. */
function relayFor(apiKey: string): string {
  const { audixa, sauti, moknah } = emulator;
  const relay = createRelay({
    vendors: {
      audixa: { apiKey, baseUrl: audixa.baseUrl },
      sauti: { apiKey, baseUrl: sauti.baseUrl },
      moknah: { apiKey, baseUrl: moknah.baseUrl },
    },
    origins: ['https://app.example'],
    allowNonBrowser: true,
    authorize: () => ({ user: 'amina' }),
    limits: { queueWaitMs: 900, idleMs: 8_000 },
  });
  const mount = relays.push(relay) - 1;
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${mount}`;
}

const limits = {
  retry: { tries: 1, breakerFailures: Infinity },
  timeouts: { headersMs: 3_000, bodyIdleMs: 1_000, totalMs: 10_000 },
} as const;

const text = 'One two three.';
type Way = { apiKey: string; baseUrl: string } | { relay: string };
const call: Readonly<Record<Vendor, (way: Way) => Promise<unknown>>> = {
  audixa: (way) => createAudixa({ ...limits, ...way }).submit({ text, voiceId: 'am_ethan' }),
  sauti: (way) => createSauti({ ...limits, ...way }).generate({ text, voiceId: 'sauti-swahili-v1' }),
  moknah: (way) => createMoknah({ ...limits, ...way }).generate({ text, voiceId: 1 }),
};

/** The kind of the failure, or that there was none. */
const kindOf = (made: Promise<unknown>): Promise<string> =>
  made.then(
    () => 'fine',
    (error: unknown) => (isSpeechError(error) ? error.kind : String(error)),
  );

test('an app that cannot say who asks is unavailable to every client', async () => {
  const account = { apiKey: 'k', baseUrl: 'http://127.0.0.1:9' };
  const relay = createRelay({
    vendors: { audixa: account, sauti: account, moknah: account },
    origins: ['https://app.example'],
    allowNonBrowser: true,
    authorize: () => Promise.reject(new DOMException('late', 'TimeoutError')),
  });
  const mount = relays.push(relay) - 1;
  const way = { relay: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${mount}` };
  for (const vendor of Object.keys(call) as Vendor[]) {
    const error: unknown = await call[vendor](way).catch((thrown: unknown) => thrown);
    expect([vendor, isSpeechError(error) && error.kind]).toEqual([vendor, 'unavailable']);
  }
});

const scenarios = [
  ...[400, 401, 402, 403, 404, 408, 409, 413, 422, 425, 429, 500, 502, 503, 504, 520, 522].map((status) => `http-${status}`),
  'error-body-drf-fields',
  'error-body-sauti-format',
  'retry-after-7~http-429',
  'drop-request',
  'reset-request',
  'redirect-307',
  'redirect-away-302',
  'drop-answer',
  'reset-answer',
  'accepted-then-500',
  'accepted-then-429',
  'body-stall',
  'cut-body',
  'reset-body',
  'cut-chunked',
  'short-body',
  'truncated-json',
  'empty-200',
  'html-200',
  'wrong-type-text',
  'wrong-type-html',
  'wrong-type-octet',
  'bom',
  'gzip-bomb',
];

/** The relay has an answer where the vendor has none, or one that may not pass: a gateway's status. */
const unavailable = ['drop-request', 'reset-request', 'redirect-307', 'redirect-away-302', 'drop-answer', 'reset-answer'];
const otherwise: Readonly<Record<Vendor, Readonly<Record<string, string>>>> = {
  audixa: {},
  // Sound is passed while it comes, and ends where it is more than it can be.
  sauti: { 'gzip-bomb': 'truncated' },
  moknah: { 'gzip-bomb': 'truncated' },
};

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const vendors = ['audixa', 'sauti', 'moknah'] as const;

test.each(vendors)('%s: a call fails through the relay as it fails without', async (vendor) => {
  const table: string[] = [];
  const expected: string[] = [];
  for (const name of scenarios) {
    const apiKey = emulator.scenario(`${name}~run-${vendor}`);
    const direct = kindOf(call[vendor]({ apiKey, baseUrl: emulator[vendor].baseUrl }));
    const otherKey = emulator.scenario(`${name}~run-${vendor}2`);
    const through = kindOf(call[vendor]({ relay: relayFor(otherKey) }));
    expected.push(`${name}: ${otherwise[vendor][name] ?? (unavailable.includes(name) ? 'unavailable' : await direct)}`);
    table.push(`${name}: ${await through}`);
  }
  expect(table).toEqual(expected);
});

test.each(['drop-answer-times-1', 'reset-answer-times-1', 'accepted-then-500-times-1', 'cut-body-times-1'])(
  'a job whose answer was lost (%s) is found by the relay, as the client finds it without one',
  async (name) => {
    const audixa = createAudixa({ ...limits, relay: relayFor(emulator.scenario(`${name}~run-lost`)) });
    const accepted = emulator.ledger.length;
    const { generationId } = await audixa.submit({ text: `Lost by ${name}.`, voiceId: 'am_ethan' });
    expect((await audixa.generation(generationId)).inputText).toBe(`Lost by ${name}.`);
    expect(emulator.ledger).toHaveLength(accepted + 1);
  },
);

test('voices, jobs, files and history work through the relay', async () => {
  const relay = relayFor(emulator.audixa.apiKey);
  const audixa = createAudixa({ relay });
  const voices = await all(audixa.voices());
  expect(voices.length).toBeGreaterThan(0);
  const file = await audixa.generate({ text, voiceId: 'am_ethan' }, { onStatus: () => void emulator.clock.advance(1_000) });
  expect(file.durationMs).toBeGreaterThan(0);
  const history = await all(audixa.history());
  expect(history).toHaveLength(1);
  const sauti = createSauti({ relay });
  expect((await all(sauti.voices())).length).toBeGreaterThan(0);
  const long = 'Habari ya leo. '.repeat(150);
  const spoken = await sauti.generate(
    { text: long, voiceId: 'sauti-swahili-v1' },
    { onStatus: () => void emulator.clock.advance(5_000) },
  );
  expect(spoken.durationMs).toBeGreaterThan(0);
  const moknah = createMoknah({ relay });
  expect((await all(moknah.voices())).length).toBeGreaterThan(0);
  const mp3 = await moknah.generate({ text, voiceId: 1 });
  expect(mp3.credits.remaining).toBeGreaterThan(0);
});

test('who waits for Moknah’s one slot is told their place in the line, as it falls, and the vendor works on one at a time', async () => {
  const atWork = { now: 0, most: 0 };
  const { moknah } = emulator;
  const sound = createMoknah({ apiKey: moknah.apiKey, baseUrl: moknah.baseUrl }).generate({ text, voiceId: 1 });
  const slow = createServer(async (_, response) => {
    atWork.now += 1;
    atWork.most = Math.max(atWork.most, atWork.now);
    const { bytes, mimeType } = await sound;
    setTimeout(() => {
      atWork.now -= 1;
      response.writeHead(200, { 'content-type': mimeType }).end(bytes);
    }, 1_800);
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/api/v1`;
  const relay = createRelay({
    vendors: { moknah: { apiKey: 'k', baseUrl } },
    origins: ['https://app.example'],
    allowNonBrowser: true,
    authorize: () => ({ user: crypto.randomUUID() }),
  });
  const way = { relay: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${relays.push(relay) - 1}` };
  const places: number[][] = [[], [], []];
  const said = places.map(async (heard, index) => {
    await new Promise((resolve) => setTimeout(resolve, 150 * index));
    const onEvent = (event: ClientEvent): void => {
      if (event.type === 'held' && event.by === 'queue') heard.push(event.position ?? NaN);
    };
    await createMoknah({ ...way, onEvent }).generate({ text: `${text} ${index}`, voiceId: 1 });
  });
  await Promise.all(said);
  slow.closeAllConnections();
  slow.close();
  expect(places[0]).toEqual([]);
  expect(new Set(places[1])).toEqual(new Set([1]));
  // They are asked for each second, and the first of them falls after two.
  expect([places[2]?.[0], places[2]?.at(-1)]).toEqual([2, 1]);
  expect(atWork).toEqual({ now: 0, most: 1 });
});
