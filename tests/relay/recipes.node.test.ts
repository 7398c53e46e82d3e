import { startEmulator, type Emulator } from '@saystream/emulator';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import {
  environmentFor,
  expectAGate,
  mint,
  openStream,
  expectSpeechOnSockets,
  expectSpeechOverHttp,
  type Ask,
} from './recipe-journey.ts';
import { runExample, runWorker, type RunningExample } from './run-example.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 40 });
});
afterAll(() => emulator.close());

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  emulator.clock.advance(60_000); // another of SAUTI's minutes
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function open(running: Promise<RunningExample>): Promise<{ url: string; ask: Ask }> {
  const { url, stop } = await running;
  cleanups.push(stop);
  return { url, ask: (path, init) => fetch(`${url}/speech/${path}`, init) };
}

test.each([
  ['node', 'node.mjs'],
  ['node', 'express.mjs'],
  ['node', 'fastify.mjs'],
  ['node', 'hono.mjs'],
  ['bun', 'node.mjs'],
  ['bun', 'express.mjs'],
  ['deno', 'node.mjs'],
  ['deno', 'express.mjs'],
] as const)('%s %s speaks over HTTP and sockets', async (runtime, file) => {
  const { url, ask } = await open(runExample(runtime, file, environmentFor(emulator)));
  expect(await (await fetch(url)).text()).toBe('the rest of the app');
  await expectAGate(ask);
  await expectSpeechOverHttp(ask, emulator);
  await expectSpeechOnSockets(ask, url);
});

test.each(['node', 'bun', 'deno'] as const)(
  "on %s a page is told the vendor's refusal and its broken connection",
  async (runtime) => {
    for (const [scenario, ended] of [
      ['http-402', '4402'],
      ['close-1011', '1011'],
      ['drop-midway', '1014'],
    ] as const) {
      const { url, ask } = await open(runExample(runtime, 'node.mjs', environmentFor(emulator, emulator.scenario(scenario))));
      expect((await openStream(url, (await mint(ask, 'audixa')).token)).ended, scenario).toBe(ended);
    }
  },
);

test.each([
  ['bun', 'bun.mjs'],
  ['deno', 'deno.mjs'],
] as const)('%s %s, on the own server of the runtime, speaks over HTTP, and refuses sockets', async (runtime, file) => {
  const { url, ask } = await open(runExample(runtime, file, environmentFor(emulator)));
  expect(await (await fetch(url)).text()).toBe('the rest of the app');
  await expectAGate(ask);
  await expectSpeechOverHttp(ask, emulator);
  expect((await openStream(url, (await mint(ask, 'audixa')).token)).ended).toMatch(/^HTTP 4/);
});

test('a Worker speaks over HTTP, in the runtime of Cloudflare, and refuses sockets', async () => {
  const { url, ask } = await open(runWorker('worker.mjs', environmentFor(emulator)));
  await expectAGate(ask);
  await expectSpeechOverHttp(ask, emulator);
  expect((await openStream(url, (await mint(ask, 'audixa')).token)).ended).toMatch(/^HTTP 4/);
});
