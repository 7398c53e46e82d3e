import { spawn } from 'node:child_process';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { startEmulator, toneVoice, type Emulator } from './index.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 20 });
});
afterAll(() => emulator.close());

const text = 'Hello from the emulator.';
const request = JSON.stringify({ text, voice_id: 'am_ethan', unknown_member: true });

interface Talk {
  readonly messages: unknown[];
  readonly audio: Buffer;
  readonly frames: readonly number[];
  readonly close: readonly [code: number, reason: string] | 'open' | { readonly status: number; readonly body: string; readonly retryAfter: string | undefined };
}

/** Everything one socket hears until it is closed, or for so long. */
function talk(key: string, { send = [request], forMs = 4_000 }: { send?: readonly string[]; forMs?: number } = {}): Promise<Talk> {
  const messages: unknown[] = [];
  const frames: Buffer[] = [];
  const socket = new WebSocket(`${emulator.audixa.wsUrl}?api_key=${encodeURIComponent(key)}`);
  return new Promise((resolve) => {
    const done = (close: Talk['close']) => {
      clearTimeout(timer);
      socket.terminate();
      resolve({ messages, audio: Buffer.concat(frames), frames: frames.map((frame) => frame.length), close });
    };
    const timer = setTimeout(() => done('open'), forMs);
    socket.on('error', () => undefined);
    socket.on('open', () => send.forEach((message) => socket.send(message)));
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) return void frames.push(data);
      const message: unknown = JSON.parse(String(data));
      messages.push(message);
      if ((message as { type?: string }).type === 'completed') setTimeout(() => done('open'), 100);
    });
    socket.on('close', (code, reason) => done([code, String(reason)]));
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (piece) => (body += String(piece)));
      response.on('end', () => done({ status: response.statusCode ?? 0, body, retryAfter: response.headers['retry-after'] }));
    });
  });
}

const scenario = (name: string, options?: Parameters<typeof talk>[1]) => talk(emulator.scenario(name), options);
const types = ({ messages }: Talk) => messages.map((message) => (message as { type: string }).type);
const voiceBytes = () => Buffer.from(toneVoice(text).buffer);
const errorMessage = (message: string) => ({ type: 'error', message });

test('the default voice is deterministic, never silent and never the same twice in a row', () => {
  const samples = toneVoice('abcabc');
  expect(toneVoice('abcabc')).toEqual(samples);
  expect(toneVoice('abcabd')).not.toEqual(samples);
  expect(samples.findIndex((sample, i) => sample === 0 || Math.abs(sample) > 0.8 || sample === samples[i - 1])).toBe(-1);
  expect(toneVoice('').length).toBe(12_000);
});

test('a text is answered by started, the voice as float32, and completed; the socket stays open', async () => {
  const { messages, audio, frames, close } = await talk(emulator.audixa.apiKey);
  const { generationId } = emulator.ledger.at(-1) ?? {};
  expect(messages).toEqual([
    { type: 'started', generation_id: generationId, channel: `generation:${generationId}` },
    { type: 'completed', audio_url: `${emulator.url}/audio/${generationId}.wav` },
  ]);
  expect(audio.equals(voiceBytes())).toBe(true);
  expect(frames[0]).toBe(3_840);
  expect(close).toBe('open');
});

test('the ledger tells what would be paid, and when the audio was sent', async () => {
  const before = emulator.ledger.length;
  await talk(emulator.audixa.apiKey);
  const entry = emulator.ledger.at(-1);
  expect(emulator.ledger).toHaveLength(before + 1);
  expect(entry).toMatchObject({ vendor: 'audixa', text, characters: text.length, tokens: 8, transport: 'socket', samples: toneVoice(text).length, ended: 'completed' });
  expect(entry?.lastFrameAtMs).toBeGreaterThan(entry?.firstFrameAtMs ?? Infinity);
});

test('audio is paced against the clock', async () => {
  await scenario('pace-2');
  const { firstFrameAtMs = 0, lastFrameAtMs = 0 } = emulator.ledger.at(-1) ?? {};
  const soundMs = (toneVoice(text).length / 24_000) * 1_000;
  expect(lastFrameAtMs - firstFrameAtMs).toBeGreaterThan(soundMs / 2 - 100);
});

test.each([
  ['malformed JSON', '{"text":', 'body'],
  ['no object', '[]', 'body'],
  ['no text', '{"voice_id":"x"}', 'text'],
  ['no voice', '{"text":"x"}', 'voice_id'],
  ['a speed out of range', '{"text":"x","voice_id":"x","speed":3}', 'speed'],
  ['an unknown model', '{"text":"x","voice_id":"x","model":"turbo"}', 'model'],
])('%s is refused with an error and 1003, and not accepted', async (_title, message, field) => {
  const before = emulator.ledger.length;
  const { messages, close } = await talk(emulator.audixa.apiKey, { send: [message] });
  expect(messages).toEqual([{ type: 'error', message: expect.stringContaining(field) }]);
  expect(close).toEqual([1003, expect.stringContaining(field)]);
  expect(emulator.ledger).toHaveLength(before);
});

test('a second request on a socket is refused with 1003', async () => {
  const { close } = await talk(emulator.scenario('stall-midway'), { send: [request, request] });
  expect(close).toEqual([1003, 'One request per connection']);
});

test('a wrong key is accepted, told and closed with 1008; an unknown scenario is a wrong key', async () => {
  for (const key of ['', 'nobody', 'emulated-no-such-scenario']) {
    const { messages, close } = await talk(key);
    expect(messages).toEqual([errorMessage('Invalid API Key')]);
    expect(close).toEqual([1008, 'Invalid API Key']);
  }
});

test.each([
  ['close-1003', [errorMessage('Internal error')], [1003, 'Internal error']],
  ['close-1011~mute', [], [1011, '']],
  ['close-1005~mute', [], [1005, '']],
  ['close-4402~mute', [], [4402, '']],
  ['close-1011-before-request~mute', [], [1011, '']],
  ['drop', [], [1006, '']],
  ['drop-before-request', [], [1006, '']],
  ['error-only', [errorMessage('Internal error')], 'open'],
  ['error-key-only', [errorMessage('Invalid API Key')], 'open'],
  ['silent', [], 'open'],
])('%s happens before started', async (name, messages, close) => {
  expect(await scenario(name, { forMs: 600 })).toMatchObject({ messages, close, frames: [] });
});

test.each([
  ['early-1000', [1000, '']],
  ['close-1011-midway~mute', [1011, '']],
  ['drop-midway', [1006, '']],
  ['stall-midway', 'open'],
  ['frames-65536~burst~drop-midway', [1006, '']],
])('%s happens after half of the audio', async (name, close) => {
  const heard = await scenario(name, { forMs: 1_000 });
  expect(heard.close).toEqual(close);
  expect(types(heard)).toEqual(['started']);
  expect(heard.audio.length).toBeGreaterThanOrEqual(voiceBytes().length / 2);
  expect(heard.audio.length).toBeLessThan(voiceBytes().length);
});

test.each([
  ['close-1001-at-end~mute', [1001, '']],
  ['drop-at-end', [1006, '']],
  ['stall-at-end', 'open'],
])('%s happens after all of the audio and before completed', async (name, close) => {
  const heard = await scenario(name, { forMs: 1_000 });
  expect(heard.close).toEqual(close);
  expect(types(heard)).toEqual(['started']);
  expect(heard.audio.equals(voiceBytes())).toBe(true);
});

test.each(['frames-1~burst', 'frames-4097', 'frames-random~burst', 'empty-frames', 'one-frame', 'big-frame', 'stall-midway-100', 'jitter-20', 'slow-start-100', 'audio-before-started', 'double-completed', 'unknown-message', 'server-closes'])(
  '%s changes nothing of the sound',
  async (name) => {
    const heard = await scenario(name);
    expect(heard.audio.equals(voiceBytes())).toBe(true);
    expect(types(heard)).toContain('completed');
  },
);

test('frame sizes are as asked for', async () => {
  expect(new Set((await scenario('frames-1000~burst')).frames.slice(0, -1))).toEqual(new Set([1_000]));
  expect((await scenario('one-frame')).frames).toHaveLength(1);
  const random = (await scenario('frames-random~burst')).frames;
  expect(new Set(random).size).toBeGreaterThan(2);
});

test('what is no audio is what it is said to be', async () => {
  expect((await scenario('wav-in-stream')).audio.toString('latin1', 0, 4)).toBe('RIFF');
  expect((await scenario('html-in-stream')).audio.toString('latin1', 0, 5)).toBe('<!doc');
  expect((await scenario('mp3-in-stream')).audio.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfb]));
  expect((await scenario('leftover-bytes')).audio.length % 4).toBe(3);
  expect((await scenario('completed-without-audio')).audio.length).toBe(0);
});

test.each([401, 402, 403, 404, 429, 500, 502, 503, 520])('http-%i refuses the handshake and every call alike', async (status) => {
  const { close } = await scenario(`http-${status}`);
  const response = await fetch(`${emulator.audixa.baseUrl}/voices`, { headers: { 'x-api-key': emulator.scenario(`http-${status}`) } });
  expect(close).toMatchObject({ status });
  expect(response.status).toBe(status);
  expect((close as { body: string }).body).toBe(await response.text());
});

test('a refusal can pass, and says how long to wait', async () => {
  const key = emulator.scenario('http-429-times-2~retry-after-7');
  const call = () => fetch(`${emulator.audixa.baseUrl}/voices`, { headers: { 'x-api-key': key } });
  const first = await call();
  expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
  expect([(await call()).status, (await call()).status]).toEqual([429, 200]);
});

test('handshakes can stall, or refuse the key as some servers do', async () => {
  expect((await scenario('handshake-stall', { forMs: 300 })).close).toBe('open');
  expect((await scenario('wrong-key-at-handshake')).close).toMatchObject({ status: 403 });
});

test('an unknown scenario is a mistake of the program, and the message lists the known ones', () => {
  expect(() => emulator.scenario('close-9999')).toThrow(RangeError);
  expect(() => emulator.scenario('frames-3~nonsense')).toThrow(/stall-midway/);
});

test('close() ends everything, so that a process with nothing else ends by itself', async () => {
  const program = `import { startEmulator } from '@saystream/emulator';
    const emulator = await startEmulator();
    const response = await fetch(emulator.url);
    await response.text();
    await emulator.close();
    console.log('closed');`;
  const child = spawn(process.execPath, ['--conditions=@saystream/source', '--input-type=module', '-e', program.replace('@saystream/emulator', new URL('../dist/index.js', import.meta.url).href)]);
  const timer = setTimeout(() => child.kill(), 15_000);
  const code = await new Promise((resolve) => {
    child.on('exit', resolve);
  });
  clearTimeout(timer);
  expect(code).toBe(0);
});
