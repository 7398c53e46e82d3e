import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { WebSocket } from 'ws';

import { startEmulator, toneVoice, type Emulator } from '../index.ts';
import { hearStream, type HearOptions } from '../../tests/hear-stream.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 20 });
});
afterAll(() => emulator.close());

const text = 'Hello from the emulator.';
const request = JSON.stringify({ text, voice_id: 'am_ethan', unknown_member: true });
const voice = Buffer.from(toneVoice(text).buffer);

const hear = (key: string, options?: HearOptions) =>
  hearStream(`${emulator.audixa.wsUrl}?api_key=${encodeURIComponent(key)}`, { send: [request], ...options });
const scenario = (name: string, options?: HearOptions) => hear(emulator.scenario(name), options);
const errorFrame = (message: string) => ({ type: 'error', message });

describe('without a scenario', () => {
  test('a text is answered by started, its voice as float32, and completed; the socket stays open', async () => {
    const { messages, audio, frames, order, end } = await hear(emulator.audixa.apiKey);
    const { generationId } = emulator.ledger.at(-1) ?? {};
    expect(messages).toEqual([
      { type: 'started', generation_id: generationId, channel: `generation:${generationId}` },
      { type: 'completed', audio_url: `${emulator.url}/audio/${generationId}.wav` },
    ]);
    expect(order).toEqual(['started', 'audio', 'completed']);
    expect(audio.equals(voice)).toBe(true);
    expect(frames[0]).toBe(3_840);
    expect(end).toBe('open');
  });

  test('the ledger tells what would be paid, and when the audio was sent', async () => {
    const before = emulator.ledger.length;
    const askedAtMs = Date.now();
    await hear(emulator.audixa.apiKey);
    expect(emulator.ledger).toHaveLength(before + 1);
    const entry = emulator.ledger.at(-1);
    expect(entry).toEqual({
      vendor: 'audixa',
      generationId: expect.stringMatching(/^gen_\w+$/),
      text,
      characters: 24,
      tokens: 8,
      voiceId: 'am_ethan',
      model: 'base',
      transport: 'socket',
      acceptedAtMs: expect.any(Number),
      samples: voice.length / 4,
      firstFrameAtMs: expect.any(Number),
      lastFrameAtMs: expect.any(Number),
      ended: 'completed',
    });
    expect(entry?.acceptedAtMs).toBeGreaterThan(askedAtMs - 1_000);
    expect(entry?.firstFrameAtMs).toBeGreaterThanOrEqual(entry?.acceptedAtMs ?? Infinity);
    expect(entry?.lastFrameAtMs).toBeGreaterThan(entry?.firstFrameAtMs ?? Infinity);
  });

  test('a client that leaves is noted, and its generation is finished without it', async () => {
    await scenario('pace-1', { forMs: 200 });
    await expect.poll(() => emulator.ledger.at(-1)?.ended).toBe('client left');
  });

  test('a request with every documented member is taken', async () => {
    const whole = {
      text,
      voice_id: 'jake',
      model: 'advanced',
      speed: 0.5,
      cfg_weight: 5,
      exaggeration: 1,
      audio_format: 'mp3',
      language_code: 'sw',
    };
    const { messages } = await hear(emulator.audixa.apiKey, { send: [JSON.stringify(whole)] });
    expect(messages.at(-1)).toEqual({ type: 'completed', audio_url: expect.stringMatching(/\.mp3$/) });
  });

  test.each([
    ['malformed JSON', '{"text":', 'body: A JSON object is required'],
    ['no object', '[]', 'body: A JSON object is required'],
    ['a binary request', Buffer.from(request), 'body: A JSON object is required'],
    ['no text', '{"voice_id":"am_ethan"}', 'text: Text is required'],
    ['no voice', '{"text":"x"}', 'voice_id: Voice ID is required'],
    ['an unknown voice', '{"text":"x","voice_id":"nobody"}', 'voice_id: Invalid voice ID'],
    ['a voice of another model', '{"text":"x","voice_id":"jake"}', "voice_id: Voice is not available for model 'base'"],
    ['an unknown model', '{"text":"x","voice_id":"am_ethan","model":"turbo"}', "model: Model must be 'base' or 'advanced'"],
    ['a speed out of range', '{"text":"x","voice_id":"am_ethan","speed":3}', 'speed: speed must be a number from 0.5 to 2'],
  ])('%s is refused with an error frame and 1003, and not accepted', async (_title, message, reason) => {
    const before = emulator.ledger.length;
    const { messages, end } = await hear(emulator.audixa.apiKey, { send: [message] });
    expect(messages).toEqual([errorFrame(reason)]);
    expect(end).toEqual([1003, reason]);
    expect(emulator.ledger).toHaveLength(before);
  });

  test('nothing is compressed, though the client offers to, and a ping is answered', async () => {
    const socket = new WebSocket(`${emulator.audixa.wsUrl}?api_key=emulated`, { perMessageDeflate: true });
    await new Promise((resolve) => socket.once('open', resolve));
    expect(socket.extensions).toBe('');
    const answered = new Promise((resolve) => socket.once('pong', (data) => resolve(String(data))));
    socket.ping('still there?');
    expect(await answered).toBe('still there?');
    socket.terminate();
  });

  test('a second request on a socket is refused with 1003, and the first is paid once', async () => {
    const before = emulator.ledger.length;
    for (const name of ['pace-1', 'stall-midway', 'slow-start-2000']) {
      const { end } = await scenario(name, { send: [request, request] });
      expect([name, end]).toEqual([name, [1003, 'One request per connection']]);
    }
    expect(emulator.ledger.length - before).toBeLessThanOrEqual(3);
  });

  test('a wrong key is accepted, told, and closed with 1008; so is an unknown scenario', async () => {
    const before = emulator.ledger.length;
    for (const key of ['', 'nobody', 'emulated-', 'emulated-no-such-scenario', 'emulated-frames-0', 'emulated~frames-3']) {
      const { messages, end } = await hear(key);
      expect(messages).toEqual([errorFrame('Invalid API Key')]);
      expect(end).toEqual([1008, 'Invalid API Key']);
    }
    expect(emulator.ledger).toHaveLength(before);
  });

  test('a voice that fails is an internal error', async () => {
    const hoarse = await startEmulator({ voice: () => Promise.reject(new Error('hoarse')) });
    const { messages, end } = await hearStream(`${hoarse.audixa.wsUrl}?api_key=emulated`, { send: [request] });
    expect(messages).toEqual([errorFrame('Internal error')]);
    expect(end).toEqual([1011, 'Internal error']);
    expect(hoarse.ledger).toMatchObject([{ ended: 'close 1011', samples: 0 }]);
    await hoarse.close();
  });
});

describe('endings before started', () => {
  test.each([
    ['close-1003', [errorFrame('Invalid payload')], [1003, 'Invalid payload']],
    ['close-1008', [errorFrame('Invalid API Key')], [1008, 'Invalid API Key']],
    ['close-1011', [errorFrame('Internal error')], [1011, 'Internal error']],
    ['close-1003~mute', [], [1003, '']],
    ['close-1008~mute', [], [1008, '']],
    ['close-1011~mute', [], [1011, '']],
    ['close-1000~mute', [], [1000, '']],
    ['close-1005~mute', [], [1005, '']],
    ['close-1006', [], [1006, '']],
    ['close-1014~mute', [], [1014, '']],
    ['close-3000~mute', [], [3000, '']],
    ['close-4999~mute', [], [4999, '']],
    ['close-1011-before-request', [errorFrame('Internal error')], [1011, 'Internal error']],
    ['close-1008-before-request~mute', [], [1008, '']],
    ['drop', [], [1006, '']],
    ['drop-before-request', [], [1006, '']],
    ['error-only', [errorFrame('Internal error')], 'open'],
    ['error-key-only', [errorFrame('Invalid API Key')], 'open'],
    ['error-then-close-100', [errorFrame('Internal error')], [1011, 'Internal error']],
    ['silent', [], 'open'],
  ])('%s', async (name, messages, end) => {
    expect(await scenario(name, { forMs: 400 })).toMatchObject({ messages, end, frames: [] });
  });

  test('what the client cannot know to be refused counts as accepted; a told refusal does not', async () => {
    for (const [name, accepted] of [
      ['drop', 1],
      ['silent', 1],
      ['close-1011', 1],
      ['error-only', 1],
      ['close-1003', 0],
      ['close-1008~mute', 0],
      ['error-key-only', 0],
      ['drop-before-request', 0],
    ] as const) {
      const before = emulator.ledger.length;
      await scenario(name, { forMs: 200 });
      expect([name, emulator.ledger.length - before]).toEqual([name, accepted]);
    }
  });

  test('a handshake can stall, or refuse a key as some servers do', async () => {
    expect(await scenario('handshake-stall', { forMs: 300 })).toMatchObject({ end: 'open', order: [] });
    expect((await scenario('wrong-key-at-handshake')).end).toMatchObject({ status: 403 });
  });
});

describe('endings in the middle and at the end', () => {
  test.each([
    ['early-1000', [1000, ''], 'close 1000'],
    ['close-1011-midway', [1011, 'Internal error'], 'close 1011'],
    ['close-1005-midway~mute', [1005, ''], 'close 1005'],
    ['drop-midway', [1006, ''], 'drop'],
    ['error-only-midway', 'open', 'error'],
    ['stall-midway', 'open', 'stall'],
    ['frames-65536~burst~drop-midway', [1006, ''], 'drop'],
    ['one-frame~stall-midway', 'open', 'stall'],
    ['frames-7~burst~early-1000', [1000, ''], 'close 1000'],
  ])('%s happens after exactly half of the audio', async (name, end, ended) => {
    const heard = await scenario(name, { forMs: 600 });
    expect(heard.end).toEqual(end);
    expect(heard.order.slice(0, 2)).toEqual(['started', 'audio']);
    expect(heard.audio.equals(voice.subarray(0, voice.length / 2))).toBe(true);
    expect(emulator.ledger.at(-1)).toMatchObject({ ended, samples: voice.length / 4 });
  });

  test.each([
    ['close-1001-at-end~mute', [1001, ''], 'close 1001'],
    ['drop-at-end', [1006, ''], 'drop'],
    ['stall-at-end', 'open', 'stall'],
  ])('%s happens after all of the audio and before completed', async (name, end, ended) => {
    const heard = await scenario(name, { forMs: 600 });
    expect(heard).toMatchObject({ end, order: ['started', 'audio'] });
    expect(heard.audio.equals(voice)).toBe(true);
    expect(emulator.ledger.at(-1)?.ended).toBe(ended);
  });

  test('silent-after-started says that and nothing else', async () => {
    expect(await scenario('silent-after-started', { forMs: 300 })).toMatchObject({ end: 'open', order: ['started'] });
  });
});
