import { afterAll, beforeAll, expect, test } from 'vitest';

import { WebSocket } from 'ws';

import { startEmulator, toneVoice, type Emulator } from '../index.ts';
import { hearStream, type HearOptions } from '../../tests/hear-stream.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 20 });
});
afterAll(() => emulator.close());

const text = 'Every frame in its time.';
const request = JSON.stringify({ text, voice_id: 'am_ethan' });
const voice = Buffer.from(toneVoice(text).buffer);
const soundMs = (voice.length / 4 / 24_000) * 1_000;

const urlOf = (name: string) => `${emulator.audixa.wsUrl}?api_key=${emulator.scenario(name)}`;
const scenario = (name: string, options?: HearOptions) => hearStream(urlOf(name), { send: [request], ...options });
const sentForMs = () => {
  const { firstFrameAtMs = 0, lastFrameAtMs = 0 } = emulator.ledger.at(-1) ?? {};
  return lastFrameAtMs - firstFrameAtMs;
};

test.each([
  ['frames-1~burst', ['started', 'audio', 'completed']],
  ['frames-3~burst', ['started', 'audio', 'completed']],
  ['frames-4097', ['started', 'audio', 'completed']],
  ['frames-65536', ['started', 'audio', 'completed']],
  ['frames-random~burst', ['started', 'audio', 'completed']],
  ['one-frame', ['started', 'audio', 'completed']],
  ['big-frame', ['started', 'audio', 'completed']],
  ['stall-midway-100', ['started', 'audio', 'completed']],
  ['jitter-20', ['started', 'audio', 'completed']],
  ['slow-start-100', ['started', 'audio', 'completed']],
  ['burst', ['started', 'audio', 'completed']],
  ['pace-40', ['started', 'audio', 'completed']],
  ['run-7', ['started', 'audio', 'completed']],
  ['no-started', ['audio', 'completed']],
  ['audio-before-started', ['audio', 'started', 'audio', 'completed']],
  ['double-started', ['started', 'started', 'audio', 'completed']],
  ['unknown-message', ['started', 'progress', 'audio', 'completed']],
  ['text-not-json', ['started', 'not JSON', 'audio', 'completed']],
  ['double-completed', ['started', 'audio', 'completed', 'completed']],
  ['completed-without-url', ['started', 'audio', 'completed']],
  ['server-closes', ['started', 'audio', 'completed']],
])('%s sends every sample, as %j', async (name, order) => {
  const heard = await scenario(name);
  expect(heard.order).toEqual(order);
  expect(heard.audio.equals(voice)).toBe(true);
});

test('frames have the size that was asked for, and the last one has the rest', async () => {
  const { frames } = await scenario('frames-1000~burst');
  expect(new Set(frames.slice(0, -1))).toEqual(new Set([1_000]));
  expect(frames.at(-1)).toBe(voice.length % 1_000);
  expect((await scenario('one-frame')).frames).toEqual([voice.length]);
});

test('random sizes are the same each time, so that a failure can be repeated', async () => {
  const [first, second] = [await scenario('frames-random~burst'), await scenario('frames-random~burst')];
  expect(new Set(first.frames).size).toBeGreaterThan(2);
  expect(second.frames).toEqual(first.frames);
});

test('empty frames come between the others', async () => {
  const { frames, audio } = await scenario('empty-frames');
  expect(frames.filter((bytes) => bytes === 0)).toHaveLength(frames.length / 2);
  expect(audio.equals(voice)).toBe(true);
});

test('audio is paced against the clock: no faster than asked for, and delays do not add up', async () => {
  await scenario('pace-2');
  expect(sentForMs()).toBeGreaterThan((soundMs - 40) / 2 - 5);
  // Did these add up, it would be five seconds more.
  await scenario('pace-1~jitter-300', { forMs: 10_000 });
  expect(sentForMs()).toBeLessThan(soundMs + 2_000);
});

test('a burst is sent at once', async () => {
  await scenario('burst');
  expect(sentForMs()).toBeLessThan(soundMs / 4);
});

test('a pause in the middle lasts as long as asked for', async () => {
  await scenario('burst~stall-midway-400');
  expect(sentForMs()).toBeGreaterThan(395);
});

test('a slow start comes after started', async () => {
  const { order } = await scenario('slow-start-2000', { forMs: 300 });
  expect(order).toEqual(['started']);
});

test('audio can go on after completed', async () => {
  const { order, audio } = await scenario('audio-after-completed');
  expect(order).toEqual(['started', 'audio', 'completed', 'audio']);
  expect(audio.length).toBeGreaterThan(voice.length);
});

test('completed can lack its url', async () => {
  expect((await scenario('completed-without-url')).messages.at(-1)).toEqual({ type: 'completed' });
});

test('the server can close after completed', async () => {
  expect((await scenario('server-closes')).end).toEqual([1000, '']);
});

test('audio can be endless: it begins anew', async () => {
  const { audio, order } = await scenario('endless~pace-200', { forMs: 500 });
  expect(order).toEqual(['started', 'audio']);
  expect(audio.length).toBeGreaterThan(voice.length * 2);
  expect(audio.subarray(voice.length, voice.length * 2).equals(voice)).toBe(true);
});

test('an endless burst waits for a client that does not read', async () => {
  const socket = new WebSocket(urlOf('endless~burst'));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(request);
  await new Promise((resolve) => socket.once('message', resolve));
  socket.pause();
  const lastFrame = () => emulator.ledger.at(-1)?.lastFrameAtMs;
  const pauseOf = async (ms: number) => {
    const before = lastFrame();
    await new Promise((resolve) => setTimeout(resolve, ms));
    return lastFrame() === before;
  };
  await expect.poll(() => pauseOf(300), { timeout: 10_000 }).toBe(true);
  const before = lastFrame();
  socket.resume();
  await expect.poll(() => lastFrame() !== before).toBe(true);
  socket.terminate();
});

test('a stream can end with stray bytes', async () => {
  const { audio } = await scenario('leftover-bytes');
  expect(audio.length).toBe(voice.length + 3);
  expect(audio.subarray(0, voice.length).equals(voice)).toBe(true);
});

test('samples can be wild, a few of them', async () => {
  const { audio } = await scenario('nan-samples');
  const samples = new Float32Array(audio.buffer.slice(audio.byteOffset, audio.byteOffset + audio.length));
  expect(samples.filter((sample) => !(Math.abs(sample) <= 1))).toEqual(Float32Array.of(NaN, Infinity, -Infinity, 1e30, -3));
  expect(samples.length).toBe(voice.length / 4);
});

test('frames can hold something that is no float32', async () => {
  const wav = (await scenario('wav-in-stream')).audio;
  expect([wav.toString('latin1', 0, 4), wav.readUInt32LE(40)]).toEqual(['RIFF', voice.length / 2]);
  expect((await scenario('html-in-stream')).audio.toString('latin1', 0, 15)).toBe('<!doctype html>');
  expect((await scenario('mp3-in-stream')).audio.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfb]));
});

test('completed can come without any audio', async () => {
  expect(await scenario('completed-without-audio')).toMatchObject({ order: ['started', 'completed'], frames: [] });
});

test('a close of the client can stay without an answer', async () => {
  const socket = new WebSocket(urlOf('no-close-answer'));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(request);
  await new Promise((resolve) => socket.once('message', resolve));
  socket.close(1000);
  const closed = new Promise((resolve) => socket.once('close', () => resolve('closed')));
  expect(await Promise.race([closed, new Promise((resolve) => setTimeout(() => resolve('open'), 500))])).toBe('open');
  socket.terminate();
});
