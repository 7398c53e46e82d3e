import { expect, test } from 'vitest';

import { passToPage } from './pass-to-page.ts';
import { createPageHalf } from './tee-to-page.ts';

const megabyte = new Uint8Array(1_048_576);
const pieceOf = (bytes: number, value = 7): Uint8Array => new Uint8Array(bytes).fill(value);

async function readAll(stream: ReadableStream<Uint8Array>): Promise<{ bytes: number; error?: unknown }> {
  const reader = stream.getReader();
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { bytes };
      bytes += value.length;
    }
  } catch (error) {
    return { bytes, error };
  }
}

test.each([1, 1_000, 65_536, 1_048_576, 5_000_000])(
  'delivers %i bytes that came before a break, and then the break',
  async (bytes) => {
    const memory = { total: 0 };
    const page = createPageHalf(memory);
    for (let at = 0; at < bytes; at += 60_000) page.push(pieceOf(Math.min(60_000, bytes - at)));
    page.end(new Error('The answer of the vendor broke off.'));
    expect(await readAll(page.stream)).toEqual({
      bytes,
      error: expect.objectContaining({ message: 'The answer of the vendor broke off.' }) as unknown,
    });
    expect(memory.total).toBe(0);
  },
);

test('lets the sender run ahead of a page that takes nothing by less than 8 MB, and goes on when it takes some', async () => {
  const memory = { total: 0 };
  const page = createPageHalf(memory);
  let sent = 0;
  const sending = (async () => {
    for (; sent < 20; sent += 1) {
      page.push(megabyte);
      await page.room();
    }
    page.end();
  })();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(memory.total).toBeLessThanOrEqual(8e6);
  expect(sent).toBeLessThan(8);
  expect((await readAll(page.stream)).bytes).toBe(20 * megabyte.length);
  await sending;
  expect(memory.total).toBe(0);
});

test('lets the sender run ahead by 256 KiB alone while the memory for answers is full', async () => {
  const memory = { total: 1e9 };
  const page = createPageHalf(memory);
  page.push(pieceOf(262_144));
  let hasRoom = false;
  const room = page.room().then(() => (hasRoom = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(hasRoom).toBe(false);
  await page.stream.cancel();
  await room;
  expect(memory.total).toBe(1e9);
  page.push(megabyte);
  expect(memory.total).toBe(1e9);
});

/** A body of so many megabytes, and whether it was cancelled. */
function bodyOf(megabytes: number) {
  let left = megabytes;
  const state = { cancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      left -= 1;
      if (left < 0) controller.close();
      else controller.enqueue(megabyte);
    },
    cancel: () => void (state.cancelled = true),
  });
  return { stream, state };
}

test('passes a body whole to a page that takes 64 KiB at a time, however large its pieces are', async () => {
  const { stream } = bodyOf(3);
  let ends = 0;
  const passed = passToPage(stream, { slowReaderMs: 150, signal: new AbortController().signal, onEnd: () => (ends += 1) });
  const reader = passed.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    expect(value.length).toBeLessThanOrEqual(65_536);
    bytes += value.length;
    // In all longer than the limit.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect([bytes, ends]).toEqual([3 * megabyte.length, 1]);
});

test.each([0, 1, 5])('ends an answer of which the page has taken %i parts and takes no more', async (parts) => {
  const { stream, state } = bodyOf(100);
  let ends = 0;
  const passed = passToPage(stream, { slowReaderMs: 30, signal: new AbortController().signal, onEnd: () => (ends += 1) });
  const reader = passed.getReader();
  for (let part = 0; part < parts; part += 1) await reader.read();
  await expect(reader.closed).rejects.toThrow(/took nothing/);
  expect([state.cancelled, ends]).toEqual([true, 1]);
});

test('waits for a body that says nothing as long as it likes: the page is not slow', async () => {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      controller.enqueue(pieceOf(3));
      controller.close();
    },
  });
  const passed = passToPage(body, { slowReaderMs: 20, signal: new AbortController().signal, onEnd: () => undefined });
  expect(await readAll(passed)).toEqual({ bytes: 3 });
});

test.each(['before', 'while'] as const)('ends when its signal aborts %s it passes', async (when) => {
  const { stream, state } = bodyOf(100);
  const leaving = new AbortController();
  let ends = 0;
  if (when === 'before') leaving.abort();
  const passed = passToPage(stream, { slowReaderMs: 1_000, signal: leaving.signal, onEnd: () => (ends += 1) });
  const reader = passed.getReader();
  if (when === 'while') {
    await reader.read();
    leaving.abort();
  }
  await expect(reader.read()).rejects.toThrow('The answer was ended.');
  expect([state.cancelled, ends]).toEqual([true, 1]);
});

test('a page that leaves cancels the body and ends the answer once', async () => {
  const { stream, state } = bodyOf(100);
  let ends = 0;
  const passed = passToPage(stream, { slowReaderMs: 20, signal: new AbortController().signal, onEnd: () => (ends += 1) });
  await passed.cancel();
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect([state.cancelled, ends]).toEqual([true, 1]);
});
