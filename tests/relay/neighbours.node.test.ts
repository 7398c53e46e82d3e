import { once } from 'node:events';
import { createRequire } from 'node:module';

import { startEmulator, type Emulator } from '@saystream/emulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { environmentFor, expectAGate, expectSpeechOnSockets } from './recipe-journey.ts';
import { runExample, type RunningExample } from './run-example.ts';

/** What this test uses of socket.io's client. */
interface IoSocket {
  on(event: string, listener: (said: string) => void): void;
  emit(event: string, text: string): void;
  close(): void;
}
type ConnectIo = (url: string, options: { readonly transports: readonly string[]; readonly reconnection: boolean }) => IoSocket;
const requireExample = createRequire(new URL('../../examples/relay/package.json', import.meta.url));
const { io } = requireExample('socket.io-client') as { readonly io: ConnectIo };

let emulator: Emulator;
let example: RunningExample;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 40 });
  example = await runExample('node', 'neighbours.mjs', environmentFor(emulator));
});
afterAll(async () => {
  await example?.stop();
  await emulator.close();
});

const socketUrl = (path: string): string => example.url.replace('http', 'ws') + path;

async function chat(text: string): Promise<string> {
  const socket = new WebSocket(socketUrl('/chat'), { origin: 'https://elsewhere.example' });
  await once(socket, 'open');
  socket.send(text);
  const [said] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  return String(said);
}

async function say(text: string): Promise<string> {
  const socket = io(example.url, { transports: ['websocket'], reconnection: false });
  try {
    return await new Promise((resolve, reject) => {
      socket.on('connect', () => socket.emit('say', text));
      socket.on('connect_error', (error) => reject(new Error(error)));
      socket.on('said', resolve);
    });
  } finally {
    socket.close();
  }
}

async function openVite(): Promise<unknown> {
  const socket = new WebSocket(socketUrl('/'), 'vite-hmr');
  const [said] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  return (JSON.parse(String(said)) as { type: unknown }).type;
}

async function expectSpeech(): Promise<void> {
  const ask = (path: string, init?: RequestInit) => fetch(`${example.url}/speech/${path}`, init);
  await expectAGate(ask);
  await expectSpeechOnSockets(ask, example.url);
}

test('the relay, ws, socket.io and Vite work on one server', async () => {
  expect(await chat('hello')).toBe('chat: hello');
  expect(await say('hello')).toBe('io: hello');
  expect(await openVite()).toBe('connected');
  await expectSpeech();
});

test('all four work at the same time', async () => {
  const rounds = Array.from({ length: 5 }, (_, index) => index);
  const answers = await Promise.all([
    expectSpeech(),
    ...rounds.map((index) => chat(`${index}`)),
    ...rounds.map((index) => say(`${index}`)),
    ...rounds.map(() => openVite()),
  ]);
  expect(answers.slice(1)).toEqual([
    ...rounds.map((index) => `chat: ${index}`),
    ...rounds.map((index) => `io: ${index}`),
    ...rounds.map(() => 'connected'),
  ]);
});

test('a path that none of the four takes is ended by socket.io', async () => {
  const socket = new WebSocket(socketUrl('/nothing'));
  const [error] = (await new Promise((resolve) => socket.on('error', (...said) => resolve(said)))) as [Error];
  expect(error.message).toBe('socket hang up');
});
