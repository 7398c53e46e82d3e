import { expect, test, vi } from 'vitest';

import { parseAudixaError } from './parse-audixa-error.ts';
import { readFailedExchange } from './read-failed-exchange.ts';

const quick = { idleMs: 40, totalMs: 5000 };
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function responseOf(source: UnderlyingDefaultSource<Uint8Array<ArrayBuffer>>, status = 500): Response {
  return new Response(new ReadableStream(source), { status, headers: { 'Retry-After': '3' } });
}

test('an ordinary answer gives status, headers, text and the moment it arrived', async () => {
  const before = Date.now();
  const exchange = await readFailedExchange(new Response('{"detail":"No such key"}', { status: 401, headers: { 'X-Y': 'z' } }));
  expect(exchange).toMatchObject({ status: 401, body: '{"detail":"No such key"}' });
  expect((exchange.headers as Headers).get('x-y')).toBe('z');
  expect(exchange.nowMs).toBeGreaterThanOrEqual(before);
  expect(parseAudixaError(exchange)).toMatchObject({ kind: 'unauthorized' });
});

test('an answer without a body has none', async () => {
  expect((await readFailedExchange(new Response(null, { status: 502 }))).body).toBe('');
});

test('of an endless body 64 KiB are read, and the rest is cancelled', async () => {
  let isCancelled = false;
  const endless = responseOf({
    pull: (controller) => controller.enqueue(new Uint8Array(10_000).fill(97)),
    cancel: () => void (isCancelled = true),
  });
  expect((await readFailedExchange(endless)).body).toHaveLength(65_536);
  expect(isCancelled).toBe(true);
});

test('a body of endless empty pieces ends', async () => {
  const empty = responseOf({ pull: (controller) => controller.enqueue(new Uint8Array(0)) });
  expect((await readFailedExchange(empty)).body).toBe('');
});

test('one piece of 10 MB is cut', async () => {
  const huge = responseOf({
    start: (controller) => (controller.enqueue(new Uint8Array(10_000_000).fill(98)), controller.close()),
  });
  expect((await readFailedExchange(huge)).body).toHaveLength(65_536);
});

test('a cut within a character leaves none of it', async () => {
  const { body } = await readFailedExchange(new Response('é'.repeat(40_000).replace('é', 'e')));
  expect(body).toMatch(/^eé+$/);
});

test('a body that breaks off gives what arrived', async () => {
  let step = 0;
  const broken = responseOf({
    pull(controller) {
      if (step++) controller.error(new TypeError('reset'));
      else controller.enqueue(bytes('{"detail":"Cut'));
    },
  });
  expect((await readFailedExchange(broken)).body).toBe('{"detail":"Cut');
});

test('a body that stalls gives what arrived, after the idle limit, and is cancelled', async () => {
  let isCancelled = false;
  const stalled = responseOf({
    start: (controller) => controller.enqueue(bytes('Boom')),
    cancel: () => void (isCancelled = true),
  });
  expect((await readFailedExchange(stalled, quick)).body).toBe('Boom');
  expect(isCancelled).toBe(true);
});

test('a body that drips for ever ends at the total limit', async () => {
  let timer: ReturnType<typeof setInterval> | undefined;
  const dripping = responseOf({
    start: (controller) => void (timer = setInterval(() => controller.enqueue(bytes('.')), 5)),
    cancel: () => clearInterval(timer),
  });
  const { body } = await readFailedExchange(dripping, { idleMs: 2000, totalMs: 100 });
  expect(body).toMatch(/^\.+$/);
});

test('a source whose cancelling hangs or fails holds nothing up', async () => {
  const hanging = responseOf({ start: (controller) => controller.enqueue(bytes('a')), cancel: () => new Promise(() => {}) });
  expect((await readFailedExchange(hanging, quick)).body).toBe('a');
  const failing = responseOf({
    start: (controller) => controller.enqueue(bytes('a')),
    cancel: () => Promise.reject(new Error('no')),
  });
  expect((await readFailedExchange(failing, quick)).body).toBe('a');
});

test('once 64 KiB have come, no more is asked for', async () => {
  let asked = 0;
  const source = {
    pull(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): void {
      asked += 1;
      if (asked === 1) controller.enqueue(new Uint8Array(65_536).fill(97));
      else controller.close();
    },
  };
  const body = new ReadableStream(source, { highWaterMark: 0 });
  expect((await readFailedExchange(new Response(body, { status: 500 }))).body).toHaveLength(65_536);
  expect(asked).toBe(1);
});

test('no timer is left behind', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    expect((await readFailedExchange(new Response('x', { status: 500 }))).body).toBe('x');
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('a body that was read already, or is being read, gives nothing and does not reject', async () => {
  const read = new Response('x', { status: 500 });
  await read.text();
  expect(await readFailedExchange(read)).toMatchObject({ status: 500, body: '' });
  const locked = new Response('x', { status: 500 });
  locked.body?.getReader();
  expect(await readFailedExchange(locked)).toMatchObject({ status: 500, body: '' });
});

test('the default limits are used when none are given as undefined', async () => {
  const exchange = await readFailedExchange(new Response('x', { status: 500 }), { idleMs: undefined, totalMs: undefined });
  expect(exchange.body).toBe('x');
});
