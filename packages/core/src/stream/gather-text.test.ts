import type { SpeechError } from '@saystream/errors';
import { expect, test } from 'vitest';

import { gatherText } from './gather-text.ts';
import type { TextSource } from './text-source.ts';

const ending = (source: unknown, textMs = 5_000): Promise<string | SpeechError> =>
  new Promise((resolve) => {
    gatherText(source as TextSource, { vendor: 'audixa', textMs, gathered: resolve, failed: resolve });
  });

async function* pieces(...values: unknown[]): AsyncGenerator<unknown> {
  yield* values;
}

/** WebKit's ReadableStream, which has no async iterator. */
function webkitStream(...values: unknown[]) {
  const stream = new ReadableStream({
    start(controller) {
      for (const value of values) controller.enqueue(value);
      controller.close();
    },
  });
  return { getReader: () => stream.getReader() };
}

function* generated() {
  yield 'Hello, ';
  yield 'world.';
}

test.each([
  ['an async generator', () => pieces('Hello, ', '', 'world.')],
  ['an array', () => ['Hello, ', 'world.']],
  ['a generator', generated],
  ['a web stream without an iterator', () => webkitStream('Hello, ', 'world.')],
])('%s is read', async (_, source) => {
  expect(await ending(source())).toBe('Hello, world.');
});

test.each([
  ['an object', { delta: 'x' }, /Piece 2 .* object .*delta/],
  ['bytes', new Uint8Array(3), /Piece 2 .* bytes .*TextDecoderStream/],
  ['undefined', undefined, /Piece 2 .* undefined .*Leave out/],
  ['null', null, /Piece 2 .* null /],
  ['a number', 7, /Piece 2 .* number /],
])('a piece that is %s is refused before anything is sent', async (_, piece, message) => {
  for (const source of [pieces('a', piece), ['a', piece], webkitStream('a', piece)]) {
    expect(await ending(source)).toMatchObject({
      kind: 'invalid-request',
      billed: 'no',
      message: expect.stringMatching(message),
    });
  }
});

test('a source that hangs ends by a limit of its own, and is told to stop', async () => {
  let told: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (told = resolve));
  const source = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined), return: () => told() }),
  };
  expect(await ending(source, 50)).toMatchObject({ kind: 'timeout', limit: 'text', billed: 'no' });
  await stopped;
});

const broken = {
  'whose iterator cannot be made': {
    [Symbol.asyncIterator]: () => {
      throw new Error('no');
    },
  },
  'whose next throws': {
    [Symbol.asyncIterator]: () => ({
      next() {
        throw new Error('no');
      },
    }),
  },
  'whose next gives nothing': { [Symbol.asyncIterator]: () => ({ next: () => undefined }) },
};
test.each(Object.entries(broken))('a source %s fails, and nothing is thrown', async (_, source) => {
  expect(await ending(source)).toMatchObject({
    kind: 'unknown',
    billed: 'no',
    message: 'The text source failed.',
    advice: 'Its own error is the `cause`.',
  });
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no'))],
  ['gives no promise', () => 7],
])('a return that %s changes no ending', async (_, stop) => {
  const source = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined), return: stop }) };
  const gathering = gatherText(source as never, {
    vendor: 'audixa',
    textMs: 5_000,
    gathered: () => undefined,
    failed: () => undefined,
  });
  expect(gathering?.cancel()).toBeUndefined();
  expect(await ending(source, 20)).toMatchObject({ limit: 'text' });
});
