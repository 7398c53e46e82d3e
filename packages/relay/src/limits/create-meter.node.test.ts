import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { expect, test } from 'vitest';

import { watchedStore } from '../../tests/watched-store.ts';
import type { Grant } from '../access/access.ts';
import { isRefusal, type Refusal } from '../relay-context.ts';
import { defaultLimits, type RelayLimits } from '../relay-options.ts';
import { memoryStore } from '../store/memory-store.ts';
import type { RelayStore } from '../store/relay-store.ts';
import { createMeter } from './create-meter.ts';

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const ada: Grant = { user: 'ada', origin: '', vendor: 'moknah', maxChars: 5_000, id: '1' };
const meterOn = (store: RelayStore, limits: Partial<RelayLimits> = {}, placeMs?: number) =>
  createMeter({ ...defaultLimits, ...limits }, store, placeMs);
const quiet = () => ({ signal: new AbortController().signal });
const storeDown = { status: 503, code: 'store_down', retryAfterMs: 1_000 };

/** What was granted. */
function granted<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(value.code);
  return value;
}

test('so many places for a user, an address and all, and each is free again when given back', async () => {
  const meter = meterOn(memoryStore(), { streamsPerUser: 2, streamsPerIp: 3, streamsTotal: 4 });
  const first = granted(await meter.openStream('ada', 'ip1'));
  granted(await meter.openStream('ada', 'ip1'));
  const full = { status: 429, code: 'too_many_streams', retryAfterMs: 1_000 };
  expect(await meter.openStream('ada', 'ip2')).toMatchObject({ ...full, detail: expect.stringContaining('of yours') });
  granted(await meter.openStream('bob', 'ip1'));
  expect(await meter.openStream('cyd', 'ip1')).toMatchObject({ ...full, detail: expect.stringContaining('network') });
  granted(await meter.openStream('cyd', 'ip2'));
  expect(await meter.openStream('dan', 'ip3')).toMatchObject({ ...full, detail: expect.stringContaining('at this time') });
  first.release();
  await pass(1);
  granted(await meter.openStream('dan', 'ip3'));
});

test('of 200 who ask at once exactly as many are let in as there are places', async () => {
  const meter = meterOn(memoryStore(), { streamsPerUser: 7 });
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => meter.openStream('ada', `ip${n}`)));
  expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(7);
});

test('who is refused by the last of three limits holds nothing of the first two', async () => {
  const meter = meterOn(memoryStore(), { streamsPerUser: 1, streamsTotal: 1 });
  const place = granted(await meter.openStream('ada', 'ip1'));
  expect(await meter.openStream('bob', 'ip2')).toMatchObject({ code: 'too_many_streams' });
  place.release();
  await pass(1);
  granted(await meter.openStream('bob', 'ip2'));
});

test('a place is held for longer than a lease lives, and one that a killed process held is free after that', async () => {
  const store = memoryStore();
  const meter = meterOn(store, { streamsPerUser: 1 }, 300);
  const place = granted(await meter.openStream('ada', 'ip'));
  await pass(900);
  expect(await meter.openStream('ada', 'ip')).toMatchObject({ code: 'too_many_streams' });
  expect(place.lost.aborted).toBe(false);
  place.release();
  await pass(1);
  // Nobody renews this one.
  await store.lease('streams:user:ada', 'killed', 1, 300);
  expect(await meter.openStream('ada', 'ip')).toMatchObject({ code: 'too_many_streams' });
  await expect.poll(async () => isRefusal(await meter.openStream('ada', 'ip')), { timeout: 5_000 }).toBe(false);
});

test('a place that is given back while it is being renewed is not taken again by that', async () => {
  const store = watchedStore();
  const meter = meterOn(store, { streamsPerUser: 1 }, 300);
  const place = granted(await meter.openStream('ada', 'ip'));
  let goOn = () => {};
  const waiting = new Promise<void>((resolve) => (goOn = resolve));
  let isRenewing = false;
  store.before = (name, [key]) => {
    if (name !== 'lease' || key !== 'streams:user:ada') return undefined;
    isRenewing = true;
    return waiting;
  };
  await expect.poll(() => isRenewing).toBe(true);
  place.release();
  store.before = () => undefined;
  goOn();
  await pass(20);
  granted(await meter.openStream('ada', 'ip'));
});

test('a place outlives a store that is silent for longer than a lease, and is taken again when the store is back', async () => {
  const inner = memoryStore();
  const store = watchedStore(inner);
  const meter = meterOn(store, { streamsPerUser: 1 }, 600);
  const place = granted(await meter.openStream('ada', 'ip'));
  store.before = () => Promise.reject(new Error('down'));
  await pass(1_500);
  // As in Redis, the lease has expired meanwhile.
  expect(await inner.lease('streams:user:ada', 'other', 1, 1)).toBe(true);
  await inner.release('streams:user:ada', 'other');
  store.before = () => undefined;
  await pass(500);
  expect(place.lost.aborted).toBe(false);
  expect(await inner.lease('streams:user:ada', 'other', 1, 1)).toBe(false);
});

test('a place is lost when the store has given it to another', async () => {
  const store = watchedStore();
  const meter = meterOn(store, { streamsPerUser: 1 }, 600);
  const place = granted(await meter.openStream('ada', 'ip'));
  const holder = String(store.asked.find(({ name }) => name === 'lease')!.args[1]);
  await store.release('streams:user:ada', holder);
  expect(await store.lease('streams:user:ada', 'other', 1, 60_000)).toBe(true);
  await expect.poll(() => place.lost.aborted, { timeout: 5_000 }).toBe(true);
});

test('characters are taken from the user’s window and from that of all, and given back once', async () => {
  const window = (characters: number) => ({ characters, windowMs: 60_000 });
  const meter = meterOn(memoryStore(), { charactersPerUser: window(100), charactersTotal: window(150) });
  const taken = granted(await meter.takeCharacters(ada, 80));
  expect(await meter.takeCharacters(ada, 21)).toMatchObject({ status: 429, code: 'characters_used_up' });
  const bob = { ...ada, user: 'bob' };
  expect(await meter.takeCharacters(bob, 71)).toMatchObject({ status: 429, code: 'characters_used_up' });
  // What the second window refused was given back to the first.
  taken.refund();
  taken.refund();
  await pass(1);
  granted(await meter.takeCharacters(bob, 100));
  expect(await meter.takeCharacters(ada, 51)).toMatchObject({ code: 'characters_used_up' });
  granted(await meter.takeCharacters(ada, 50));
});

test('one text is no longer than the token and the relay allow', async () => {
  const meter = meterOn(memoryStore(), { charactersPerRequest: 50 });
  expect(await meter.takeCharacters({ ...ada, maxChars: 10 }, 11)).toMatchObject({ status: 413, code: 'too_large' });
  expect(await meter.takeCharacters(ada, 51)).toMatchObject({ status: 413, code: 'too_large' });
  granted(await meter.takeCharacters({ ...ada, maxChars: 10 }, 10));
});

test('a store that fails half-way through leaves nothing taken', async () => {
  const store = watchedStore();
  const meter = meterOn(store, { charactersPerUser: { characters: 10, windowMs: 60_000 }, streamsPerUser: 1 });
  store.before = (name, [key]) => {
    if (name === 'lease' && key === 'streams:all') throw new Error('down');
    if (name === 'spend' && key === 'characters:all') throw new Error('down');
  };
  expect(await meter.openStream('ada', 'ip')).toMatchObject(storeDown);
  expect(await meter.takeCharacters(ada, 10)).toMatchObject(storeDown);
  store.before = () => undefined;
  await pass(1);
  granted(await meter.openStream('ada', 'ip'));
  granted(await meter.takeCharacters(ada, 10));
});

test('a store that rejects lets nothing through', async () => {
  const store = watchedStore();
  store.before = () => Promise.reject(new Error('redis://user:password@host is down'));
  const meter = meterOn(store);
  const answers = [
    await meter.countConnect('ip'),
    await meter.openStream('ada', 'ip'),
    await meter.takeCharacters(ada, 1),
    await meter.takeTurn('moknah', 'ada', 't', quiet()),
    await meter.takeTurn('sauti', 'ada', 't', quiet()),
  ];
  for (const answer of answers) {
    expect(answer).toMatchObject(storeDown);
    expect(JSON.stringify(answer)).not.toContain('password');
  }
});

test('connections of one address are counted, and the wait is told', async () => {
  const meter = meterOn(memoryStore(), { connectsPerIpPerMinute: 3 });
  for (let count = 0; count < 3; count += 1) expect(await meter.countConnect('ip')).toBeUndefined();
  const refused = (await meter.countConnect('ip'))!;
  expect(refused).toMatchObject({ status: 429, code: 'too_many_connects' });
  expect(refused.retryAfterMs).toBeGreaterThan(50_000);
  expect(await meter.countConnect('other')).toBeUndefined();
});

test('an address of IPv6 counts as the network that one subscriber holds', async () => {
  const meter = meterOn(memoryStore(), { connectsPerIpPerMinute: 1, streamsPerIp: 1 });
  expect(await meter.countConnect('2001:db8::1')).toBeUndefined();
  expect(await meter.countConnect('2001:db8::2:1')).toMatchObject({ code: 'too_many_connects' });
  granted(await meter.openStream('ada', '2001:db8::1'));
  expect(await meter.openStream('bob', '2001:db8::2')).toMatchObject({ code: 'too_many_streams' });
  granted(await meter.openStream('bob', '2001:db8:0:1::2'));
});

test('Moknah’s line: one at a time, positions that fall, and the next when the turn is given back', async () => {
  const meter = meterOn(memoryStore());
  const positions: number[][] = [[], []];
  const first = granted(await meter.takeTurn('moknah', 'ada', 'a', quiet()));
  const signal = new AbortController().signal;
  const second = meter.takeTurn('moknah', 'bob', 'b', { signal, onPosition: (at) => positions[0]!.push(at) });
  const third = meter.takeTurn('moknah', 'cyd', 'c', { signal, onPosition: (at) => positions[1]!.push(at) });
  await expect.poll(() => positions.map((each) => each.at(-1))).toEqual([1, 2]);
  first.release();
  const turn = granted(await second);
  await expect.poll(() => positions[1]!.at(-1)).toBe(1);
  turn.release();
  granted(await third).release();
});

test('who waits too long is told so, and is in nobody’s way', async () => {
  const meter = meterOn(memoryStore(), { queueWaitMs: 400 });
  const held = granted(await meter.takeTurn('moknah', 'ada', 'a', quiet()));
  expect(await meter.takeTurn('moknah', 'bob', 'b', quiet())).toMatchObject({
    status: 429,
    code: 'queue_wait_over',
    retryAfterMs: 400,
  });
  const last = meter.takeTurn('moknah', 'cyd', 'c', quiet());
  held.release();
  granted(await last).release();
});

test('who leaves is out of the line at once, and takes no turn on the way', async () => {
  const store = watchedStore();
  const meter = meterOn(store, { sautiPerMinute: 1 });
  granted(await meter.takeTurn('sauti', 'ada', 'a', quiet()));
  const leaving = new AbortController();
  const waiting = meter.takeTurn('sauti', 'bob', 'b', { signal: leaving.signal });
  await expect.poll(() => store.asked.filter(({ args }) => args[1] === 'b').length).toBeGreaterThan(1);
  const before = store.asked.length;
  leaving.abort();
  expect(isRefusal(await waiting)).toBe(true);
  expect(store.asked.slice(before).filter(({ name }) => name === 'takeTurn')).toEqual([]);
  expect(store.asked.at(-1)).toMatchObject({ name: 'leaveLine', args: ['sauti', 'b', undefined] });
  expect(await store.takeTurn('sauti', 'c', 'cyd', { perMinute: 1, ttlMs: 1_000 })).toEqual({ granted: false, position: 1 });
  const gone = meter.takeTurn('moknah', 'ada', 'x', { signal: leaving.signal });
  expect(isRefusal(await gone)).toBe(true);
  expect(await store.takeTurn('moknah', 'y', 'bob', { slots: 1, ttlMs: 1_000 })).toMatchObject({ granted: true });
});

test('a turn lingers when the vendor may still be at work', async () => {
  const meter = meterOn(memoryStore());
  granted(await meter.takeTurn('moknah', 'ada', 'a', quiet())).release(500);
  const startedMs = performance.now();
  granted(await meter.takeTurn('moknah', 'bob', 'b', quiet())).release();
  expect(performance.now() - startedMs).toBeGreaterThan(400);
});

test('a turn is held for longer than a lease lives; lost, it leaves no ticket that others would wait for', async () => {
  const store = memoryStore();
  const meter = meterOn(store, {}, 300);
  const turn = granted(await meter.takeTurn('moknah', 'ada', 'a', quiet()));
  await pass(900);
  const rule = { slots: 1, ttlMs: 60_000 };
  expect(await store.takeTurn('moknah', 'other', 'bob', rule)).toMatchObject({ granted: false });
  expect(turn.lost.aborted).toBe(false);
  // As if its lease had ended: another is given the slot.
  await store.leaveLine('moknah', 'a');
  expect(await store.takeTurn('moknah', 'other', 'bob', rule)).toMatchObject({ granted: true });
  await expect.poll(() => turn.lost.aborted, { timeout: 5_000 }).toBe(true);
  expect(await store.takeTurn('moknah', 'third', 'cyd', rule)).toEqual({ granted: false, position: 1 });
});

test('Audixa has no line, and asks the store for nothing', async () => {
  const store = watchedStore();
  granted(await meterOn(store).takeTurn('audixa', 'ada', 'a', quiet())).release();
  expect(store.asked).toEqual([]);
});

test('neither places nor turns nor a store keep a program running', async () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const contents = `
    import { createMeter } from './limits/create-meter.ts';
    import { defaultLimits } from './relay-options.ts';
    import { memoryStore } from './store/memory-store.ts';
    const meter = createMeter(defaultLimits, memoryStore());
    await meter.openStream('ada', 'ip');
    await meter.takeTurn('moknah', 'ada', 'a', { signal: new AbortController().signal });
    console.log('done');`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    bundle: true,
    format: 'esm',
    write: false,
  });
  const said = await new Promise<string>((resolve, reject) => {
    const args = ['--input-type=module', '-e', outputFiles[0]!.text];
    execFile(process.execPath, args, { timeout: 20_000 }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
  expect(said).toBe('done\n');
});

test('what the store does not take back is told to the operator, once each', async () => {
  const store = memoryStore();
  const told: unknown[] = [];
  let isDown = false;
  const down = <T>(work: () => Promise<T>): Promise<T> => (isDown ? Promise.reject(new Error('down')) : work());
  const failing: RelayStore = {
    ...store,
    release: (...call) => down(() => store.release(...call)),
    spend: (...call) => down(() => store.spend(...call)),
    leaveLine: (...call) => down(() => store.leaveLine(...call)),
  };
  const meter = createMeter(defaultLimits, failing, undefined, (event) => void told.push(event));
  const place = granted(await meter.openStream('ada', 'ip1'));
  const characters = granted(await meter.takeCharacters(ada, 10));
  const turn = granted(await meter.takeTurn('moknah', 'ada', 'ticket', quiet()));
  isDown = true;
  place.release();
  characters.refund();
  turn.release();
  await pass(20);
  const fault = (code: string) => ({ type: 'fault', code });
  expect(told).toHaveLength(6);
  expect(told).toEqual(
    expect.arrayContaining([fault('store_release_failed'), fault('store_refund_failed'), fault('store_leave_failed')]),
  );
});
