import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { startEmulator, toneVoice, type Emulator, type EmulatorOptions } from './index.ts';
import { hearStream } from '../tests/hear-stream.ts';
import { ended, runSource } from '../tests/run-source.ts';

const running: Emulator[] = [];
const start = async (options?: EmulatorOptions) => {
  const emulator = await startEmulator(options);
  running.push(emulator);
  return emulator;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

const request = JSON.stringify({ text: 'Hello.', voice_id: 'am_ethan' });

test('it listens on this machine only, unless told otherwise, and says where', async () => {
  const emulator = await start();
  expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(emulator.audixa).toEqual({
    baseUrl: `${emulator.url}/v3`,
    wsUrl: `${emulator.url.replace('http', 'ws')}/v3/tts/stream`,
    apiKey: 'emulated',
  });
  expect(emulator.sauti).toEqual({ baseUrl: `${emulator.url}/v1`, apiKey: 'emulated' });
  expect(emulator.moknah).toEqual({ baseUrl: `${emulator.url}/api/v1`, apiKey: 'emulated' });
  const open = await start({ host: '0.0.0.0' });
  expect(open.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(open.url)).status).toBe(200);
});

test('a port that is taken and a rate that is none are refused', async () => {
  const { url } = await start();
  await expect(startEmulator({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  for (const rate of [0, -1, Number.NaN]) await expect(startEmulator({ rate })).rejects.toThrow(RangeError);
});

test('it speaks with the voice that it is given, and asks it once for a text', async () => {
  const asked: string[] = [];
  const voice = async (text: string) => {
    asked.push(text);
    return Float32Array.of(0.25, -0.5, 1);
  };
  const emulator = await start({ voice, rate: Infinity });
  const { audio } = await hearStream(`${emulator.audixa.wsUrl}?api_key=emulated`, { send: [request] });
  expect(audio.equals(Buffer.from(Float32Array.of(0.25, -0.5, 1).buffer))).toBe(true);
  expect(emulator.ledger).toMatchObject([{ samples: 3 }]);
  const file = await fetch(`${emulator.url}/audio/${emulator.ledger[0]?.generationId}.wav`);
  expect((await file.arrayBuffer()).byteLength).toBe(44 + 6);
  expect(asked).toEqual(['Hello.']);
});

test('a voice without a sound is a stream without audio', async () => {
  const emulator = await start({ voice: () => new Float32Array(0) });
  for (const name of ['burst', 'endless', 'one-frame', 'stall-midway-1']) {
    const { order } = await hearStream(`${emulator.audixa.wsUrl}?api_key=${emulator.scenario(name)}`, { send: [request] });
    expect([name, order]).toEqual([name, ['started', 'completed']]);
  }
});

test('pages of any origin can ask for the scenarios, the ledger and the voice', async () => {
  const emulator = await start({ rate: Infinity });
  await hearStream(`${emulator.audixa.wsUrl}?api_key=emulated`, { send: [request] });
  const get = async (path: string) => {
    const response = await fetch(`${emulator.url}/emulator/${path}`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    return response;
  };
  expect(await (await get('scenarios')).json()).toEqual(emulator.scenarios);
  expect(await (await get('ledger')).json()).toEqual(emulator.ledger);
  expect(new Float32Array(await (await get('voice?text=Hello')).arrayBuffer())).toEqual(toneVoice('Hello'));
  expect(new Float32Array(await (await get('voice?text=Hello&rate=12000&speed=2')).arrayBuffer())).toHaveLength(3_000);
  expect((await fetch(`${emulator.url}/emulator/nothing`)).status).toBe(404);
});

test('a page can ask for the time and move it forward, and never back', async () => {
  const emulator = await start();
  const clock = async (query: string, method: string) => {
    const response = await fetch(`${emulator.url}/emulator/clock${query}`, { method });
    return response.ok ? ((await response.json()) as { nowMs: number }).nowMs - Date.now() : response.status;
  };
  expect(Math.abs(await clock('?advance=3600000', 'GET'))).toBeLessThan(60_000);
  expect(await clock('?advance=3600000', 'POST')).toBeGreaterThan(3_590_000);
  expect(emulator.clock.now() - Date.now()).toBeGreaterThan(3_590_000);
  expect(await clock('', 'POST')).toBeLessThan(3_660_000);
  for (const nonsense of ['-1', 'x', 'Infinity', '1e300']) expect(await clock(`?advance=${nonsense}`, 'POST')).toBe(400);
  expect(await clock('', 'GET')).toBeLessThan(3_660_000);
});

test.each(['rate=0', 'rate=-1', 'rate=x', 'rate=1e12', 'speed=0', 'speed=-1', 'speed=11'])(
  'a voice with %s is 400',
  async (query) => {
    const emulator = await start();
    const response = await fetch(`${emulator.url}/emulator/voice?text=Hello&${query}`);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('must be a number from')]);
  },
);

test('close() ends every socket, and nothing listens after it', async () => {
  const emulator = await start();
  const names = [
    'endless',
    'stall-midway',
    'silent',
    'slow-start-100000',
    'stall-midway-100000',
    'handshake-stall',
    'no-close-answer~endless',
  ];
  const closed = names.map((name) => {
    const socket = new WebSocket(`${emulator.audixa.wsUrl}?api_key=${emulator.scenario(name)}`);
    socket.on('error', () => undefined);
    socket.on('open', () => socket.send(request));
    return new Promise((resolve) => socket.once('close', resolve));
  });
  await expect.poll(() => emulator.ledger.length).toBe(names.length - 1);
  await emulator.close();
  expect(await Promise.all(closed)).toEqual(names.map(() => 1006));
  await expect(fetch(emulator.url)).rejects.toThrow('fetch failed');
  await emulator.close();
});

test('after close() a process with nothing else ends by itself', async () => {
  const program = `
    import { startEmulator } from './src/index.ts';
    import { WebSocket } from 'ws';
    const emulator = await startEmulator();
    for (const name of ['endless', 'stall-midway', 'silent', 'stall-midway-100000', 'drop-midway', 'body-stall', 'handshake-stall']) {
      const key = emulator.scenario(name);
      const socket = new WebSocket(emulator.audixa.wsUrl + '?api_key=' + key);
      socket.on('error', () => undefined);
      socket.on('open', () => socket.send(${JSON.stringify(request)}));
      fetch(emulator.audixa.baseUrl + '/voices', { headers: { 'x-api-key': key } }).then((response) => response.text()).catch(() => undefined);
    }
    while (emulator.ledger.length < 5) await new Promise((resolve) => setTimeout(resolve, 10));
    await emulator.close();
    console.log('closed');`;
  expect(await ended(await runSource(program))).toEqual({ code: 0, stdout: 'closed\n', stderr: '' });
});
