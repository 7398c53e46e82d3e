// What a page does through a relay, without a page.
import type { Emulator } from '@saystream/emulator';
import { expect } from 'vitest';
import { WebSocket } from 'ws';

import { pageOrigin } from './run-example.ts';

/** Asks a path under the mount. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

const signedIn = { origin: pageOrigin, cookie: 'theme=dark; session=amina' };
const json = { 'content-type': 'application/json' };

/** What an example is told in its environment. */
export const environmentFor = ({ audixa, sauti }: Emulator, audixaKey = audixa.apiKey): Record<string, string> => ({
  AUDIXA_API_KEY: audixaKey,
  AUDIXA_BASE_URL: audixa.baseUrl,
  SAUTI_API_KEY: sauti.apiKey,
  SAUTI_BASE_URL: sauti.baseUrl,
  PAGE_ORIGIN: pageOrigin,
  RELAY_SECRET: 'a-secret-for-the-examples-and-no-other-use',
});

export const mint = async (ask: Ask, vendor: 'audixa' | 'sauti'): Promise<{ token: string; session: string }> => {
  const answer = await ask('token', { method: 'POST', headers: { ...signedIn, ...json }, body: JSON.stringify({ vendor }) });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as { token: string; session: string };
};

/** Preflight, refusals, a token. */
export async function expectAGate(ask: Ask): Promise<void> {
  const preflight = await ask('token', {
    method: 'OPTIONS',
    headers: { origin: pageOrigin, 'access-control-request-method': 'POST' },
  });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, pageOrigin]);
  const knock = (headers: Record<string, string>, body = '{"vendor":"audixa"}') =>
    ask('token', { method: 'POST', headers: { ...json, ...headers }, body });
  expect((await knock({ ...signedIn, origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await knock({ origin: pageOrigin })).status).toBe(401);
  expect((await ask('nothing/here', { headers: signedIn })).status).toBe(404);
}

/** Voices, a paid request that is asked for twice, a job and its file. */
export async function expectSpeechOverHttp(ask: Ask, emulator: Emulator): Promise<void> {
  const audixa = { ...signedIn, authorization: `Bearer ${(await mint(ask, 'audixa')).session}` };
  const voices = (await (await ask('audixa/v3/voices', { headers: audixa })).json()) as { voices: object[] };
  expect(voices.voices.length).toBeGreaterThan(5);

  const before = emulator.ledger.length;
  const init = {
    method: 'POST',
    headers: {
      ...signedIn,
      ...json,
      authorization: `Bearer ${(await mint(ask, 'sauti')).session}`,
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify({ text: 'Habari ya asubuhi.' }),
  };
  const once = await ask('sauti/v1/text-to-speech/sauti-swahili-v1', init);
  expect(once.status).toBe(200);
  const speech = await once.text();
  expect(speech.length).toBeGreaterThan(10_000);
  expect(await (await ask('sauti/v1/text-to-speech/sauti-swahili-v1', init)).text()).toBe(speech);
  expect(emulator.ledger.length - before).toBe(1);
  const large = await ask('sauti/v1/text-to-speech/sauti-swahili-v1', { ...init, body: `{"text":"${'x'.repeat(200_000)}"}` });
  expect(large.status).toBe(413);

  const submit = { ...json, ...audixa, 'idempotency-key': crypto.randomUUID() };
  const job = await ask('audixa/v3/tts', { method: 'POST', headers: submit, body: '{"text":"A job.","voice_id":"am_ethan"}' });
  const { generation_id: id } = (await job.json()) as { generation_id: string };
  const look = async () =>
    (await (await ask(`audixa/v3/tts?generation_id=${id}`, { headers: audixa })).json()) as { status: string; audio_url: string };
  await expect.poll(async () => (await look()).status, { interval: 100, timeout: 20_000 }).toBe('COMPLETED');
  const { audio_url: sealed } = await look();
  const file = await ask(sealed.slice(sealed.indexOf('files/')), { headers: { origin: pageOrigin } });
  expect([file.status, await file.text()]).toEqual([200, expect.stringMatching(/^RIFF/)]);
}

/** What a socket said, and how it closed; a refused handshake is its status. */
export function openStream(
  url: string,
  token: string,
  origin = pageOrigin,
): Promise<{ said: string[]; bytes: number; ended: string }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/speech/audixa/v3/tts/stream`, ['tts.v1', `tok.${token}`], {
    origin,
  });
  const said: string[] = [];
  let bytes = 0;
  socket.on('open', () => socket.send('{"text":"Hello from an example.","voice_id":"am_ethan"}'));
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return void (bytes += data.length);
    const { type } = JSON.parse(String(data)) as { type: string };
    said.push(type);
    if (type === 'completed') socket.close(1000);
  });
  return new Promise((resolve) => {
    const end = (ended: string): void => resolve({ said, bytes, ended });
    socket.on('unexpected-response', (_request, { statusCode }) => end(`HTTP ${statusCode}`));
    socket.on('error', () => {});
    socket.on('close', (code) => end(String(code)));
  });
}

/** A stream, its token a second time, and another page. */
export async function expectSpeechOnSockets(ask: Ask, url: string): Promise<void> {
  const { token } = await mint(ask, 'audixa');
  const stream = await openStream(url, token);
  expect(stream).toMatchObject({ said: ['ready', 'started', 'completed'], ended: '1000' });
  expect(stream.bytes).toBeGreaterThan(50_000);
  expect((await openStream(url, token)).ended).toBe('4409');
  expect((await openStream(url, 'forged')).ended).toBe('4401');
  expect((await openStream(url, token, 'https://elsewhere.example')).ended).toBe('HTTP 403');
}
