import { afterAll, beforeAll, expect, test } from 'vitest';

import { startEmulator, type Emulator } from '../index.ts';
import type { ReadAnswer } from '../../tests/read-answer.ts';
import { errorOf, moknahKey, type MoknahKey } from '../../tests/moknah-calls.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 1 });
});
afterAll(() => emulator.close());

const text = 'مرحبا';
/** Nothing ends by itself so late: only the test's clock brings it on. */
const late = 'moknah-latency-600000';

/** Begins a synthesis, and waits until the vendor has accepted it. */
async function begin(
  key: MoknahKey,
  { signal, spoken = text }: { signal?: AbortSignal; spoken?: string } = {},
): Promise<{ answer: Promise<ReadAnswer | undefined> }> {
  const before = emulator.ledger.length;
  const answer = key.generate(spoken, signal).catch(() => undefined);
  await expect.poll(() => emulator.ledger.length).toBe(before + 1);
  return { answer };
}
/** Whether an answer has come already. */
const hasCome = async (answer: Promise<unknown>): Promise<boolean> =>
  Promise.race([answer.then(() => true), new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 100))]);

test('a second synthesis of the account is 409 CONCURRENT_REQUEST, without Retry-After, and is not accepted', async () => {
  const key = moknahKey(emulator, late);
  const { answer } = await begin(key);
  const before = emulator.ledger.length;
  const second = await key.generate(text);
  expect([second.status, second.headers.get('retry-after'), emulator.ledger.length]).toEqual([409, null, before]);
  expect(errorOf(second)).toEqual({
    code: 'CONCURRENT_REQUEST',
    message: 'Another request is already in progress. Please wait for it to complete.',
  });
  emulator.clock.advance(600_000);
  expect((await answer)?.status).toBe(200);
});

test('the answer of the first tells what it cost, whatever was refused meanwhile', async () => {
  const key = moknahKey(emulator, late);
  const { answer } = await begin(key);
  expect((await key.generate(text)).headers.get('moknah-credits-used')).toBe('0');
  emulator.clock.advance(600_000);
  expect((await answer)?.headers.get('moknah-credits-used')).toBe('5');
});

test('an account is a key: another one has a slot of its own, and voices need none', async () => {
  const key = moknahKey(emulator, late);
  const { answer } = await begin(key);
  expect(await moknahKey(emulator).isFree()).toBe(true);
  expect((await key.voices()).status).toBe(200);
  emulator.clock.advance(600_000);
  await answer;
});

test('the slot is free when the answer has gone out', async () => {
  const key = moknahKey(emulator, `${late}~moknah-hold-600000`);
  const { answer } = await begin(key);
  expect(await key.isFree()).toBe(false);
  emulator.clock.advance(600_000);
  await answer;
  await expect.poll(() => key.isFree()).toBe(true);
});

test('the slot is free when the client has left', async () => {
  const key = moknahKey(emulator, late);
  const client = new AbortController();
  await begin(key, client);
  expect(await key.isFree()).toBe(false);
  client.abort();
  await expect.poll(() => key.isFree()).toBe(true);
});

test('moknah-hold-<ms>: the slot stays taken for so long after the client has left', async () => {
  const [held, plain] = [moknahKey(emulator, `${late}~moknah-hold-600000`), moknahKey(emulator, late)];
  const client = new AbortController();
  await begin(held, client);
  await begin(plain, client);
  client.abort();
  // When the emulator has seen the one leave, it has seen the other.
  await expect.poll(() => plain.isFree()).toBe(true);
  expect(await held.isFree()).toBe(false);
  emulator.clock.advance(580_000);
  expect(await held.isFree()).toBe(false);
  emulator.clock.advance(20_000);
  await expect.poll(() => held.isFree()).toBe(true);
});

test('moknah-busy-<n>: the first n syntheses are 409, and nothing else is counted', async () => {
  const key = moknahKey(emulator, 'moknah-busy-2~burst');
  expect((await key.voices()).status).toBe(200);
  expect([(await key.generate(text)).status, (await key.generate(text)).status, (await key.generate(text)).status]).toEqual([
    409, 409, 200,
  ]);
});

test('a synthesis takes its length at the emulator’s rate', async () => {
  // 3 s of sound, at a rate of 1.
  const { answer } = await begin(moknahKey(emulator), { spoken: 'a'.repeat(50) });
  expect(await hasCome(answer)).toBe(false);
  emulator.clock.advance(3_000);
  expect((await answer)?.status).toBe(200);
});

test('… 5 s at most, 50 ms at least', async () => {
  const endless = moknahKey(emulator, 'pace-0.001');
  const { answer } = await begin(endless);
  emulator.clock.advance(2_000);
  expect(await hasCome(answer)).toBe(false);
  emulator.clock.advance(3_000);
  expect((await answer)?.status).toBe(200);
  const beganAtMs = performance.now();
  await moknahKey(emulator, 'burst').generate(text);
  expect(performance.now() - beganAtMs).toBeGreaterThan(48);
});

test('moknah-latency-<ms>: a synthesis takes so long, whatever its length', async () => {
  const { answer } = await begin(moknahKey(emulator, 'moknah-latency-30000'));
  emulator.clock.advance(20_000);
  expect(await hasCome(answer)).toBe(false);
  emulator.clock.advance(10_000);
  expect((await answer)?.status).toBe(200);
});

test('the slot comes before the body; moknah-body-first turns the two round', async () => {
  const [usual, turned] = [moknahKey(emulator, late), moknahKey(emulator, `${late}~moknah-body-first`)];
  await begin(usual);
  await begin(turned);
  expect([(await usual.generate({})).status, (await turned.generate({})).status]).toEqual([409, 400]);
  expect((await turned.generate({ text, voice_id: 90 })).status).toBe(409);
  emulator.clock.advance(600_000);
});
