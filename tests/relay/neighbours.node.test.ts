import { once } from 'node:events';

import { startEmulator, type Emulator } from '@saystream/emulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { environmentFor, expectAGate, expectSpeechOnSockets } from './recipe-journey.ts';
import { runExample, type RunningExample } from './run-example.ts';

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

/** Socket.io's own frames (Engine.IO 4): `0` opens, `40` connects, `42` is an event. */
async function say(text: string): Promise<string> {
  const socket = new WebSocket(socketUrl('/socket.io/?EIO=4&transport=websocket'), { origin: 'https://elsewhere.example' });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      const frame = String(data);
      if (frame.startsWith('0')) socket.send('40');
      if (frame.startsWith('40')) socket.send(`42${JSON.stringify(['say', text])}`);
      if (!frame.startsWith('42')) return;
      socket.close();
      resolve((JSON.parse(frame.slice(2)) as [string, string])[1]);
    });
  });
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
