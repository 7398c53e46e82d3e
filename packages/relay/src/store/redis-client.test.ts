import { expect, test } from 'vitest';

import type { RedisClient } from './redis-client.ts';
import { redisStore } from './redis-store.ts';

const unknown: readonly [string, unknown][] = [
  ['undefined', undefined],
  ['an address', 'redis://127.0.0.1:6379'],
  ['a promise of a client', Promise.resolve({ sendCommand: () => Promise.resolve('OK') })],
  ['a client of redis 3', { send_command: () => true, get: () => true }],
  ['a client over HTTP without raw commands', { eval: () => Promise.resolve(1), get: () => Promise.resolve(1) }],
];

for (const [name, client] of unknown) {
  test(`refuses ${name} at once, with the line that works`, () => {
    expect(() => redisStore(client as RedisClient)).toThrow(/await createClient\(\{ url \}\)\.connect\(\).+new Redis\(url\)/);
  });
}

test('refuses a prefix with an empty hash tag, and takes one with a hash tag', () => {
  const client = { sendCommand: () => Promise.resolve('OK') };
  expect(() => redisStore(client, { prefix: 'a{}:' })).toThrow(/\{\}, an empty hash tag/);
  expect(() => redisStore(client, { prefix: '{speech}:' })).not.toThrow();
});

test('a command that was refused as late is taken out of the queue of the client', async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const store = redisStore({
    sendCommand(_, options) {
      signals.push(options?.abortSignal);
      return new Promise(() => undefined);
    },
  });
  await expect(store.once('a', 1_000)).rejects.toThrow('does not answer');
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
});

test('a script that the server does not know is sent whole, once', async () => {
  const known = new Set<string>();
  const commands: string[] = [];
  const store = redisStore({
    async sendCommand([command = '', script = '']) {
      commands.push(command);
      if (command === 'EVALSHA' && known.size === 0) throw new Error('NOSCRIPT No matching script. Please use EVAL.');
      known.add(script);
      return 1;
    },
  });
  await store.lease('a', 'me', 1, 1_000);
  await store.lease('a', 'me', 1, 1_000);
  expect(commands).toEqual(['EVALSHA', 'EVAL', 'EVALSHA']);
});

test('an error of the server other than an unknown script is passed on, and not asked again', async () => {
  const commands: string[] = [];
  const store = redisStore({
    async sendCommand([command = '']) {
      commands.push(command);
      throw new Error("CROSSSLOT Keys in request don't hash to the same slot");
    },
  });
  await expect(store.takeTurn('a', 't', 'u', { slots: 1, ttlMs: 1_000 })).rejects.toThrow('CROSSSLOT');
  expect(commands).toEqual(['EVALSHA']);
});
