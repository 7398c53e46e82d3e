import { once } from 'node:events';
import { createServer } from 'node:http';

import { startEmulator, toneVoice, type Emulator } from '@saystream/emulator';
import { createAudixa, type SpeechOutcome } from 'saystream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import type { DocumentedFailures } from '../documented-failures.ts';
import { scenarioNames } from '../scenario-catalogue.ts';
import { clientsOfDemo } from './clients-of-demo.ts';
import { listenOn } from './listen-on-free-port.ts';
import { startDemo, type Demo } from './start-demo.ts';
import { realRelay, rehearsalRelay, usualRelay } from './demo-relays.ts';

let vendor: Emulator;
const demos: Demo[] = [];
const demo = async (options: Parameters<typeof startDemo>[0]): Promise<Demo> => {
  const started = await startDemo({ port: 0, ...options });
  demos.push(started);
  return started;
};

interface Spoken {
  readonly outcome: SpeechOutcome;
  readonly samples: Float32Array[];
}

beforeAll(async () => {
  vendor = await startEmulator({ rate: 50 });
});
afterAll(async () => {
  await Promise.all([vendor.close(), ...demos.map((one) => one.close())]);
});

/** Speaks as the demo's page does, through a relay of its server. */
async function speakThrough(relay: string, text: string, options: Parameters<typeof startDemo>[0] = {}): Promise<Spoken> {
  const { url } = await demo(options);
  const audixa = createAudixa(clientsOfDemo(url, relay));
  const speech = audixa.stream({ text, voiceId: 'am_ethan' });
  const samples: Float32Array[] = [];
  try {
    for await (const chunk of speech) samples.push(chunk);
  } catch {
    // The outcome says why.
  }
  return { outcome: await speech.outcome, samples };
}

describe('the demo server', () => {
  it('serves the page under a policy that allows nothing inline and nothing foreign', async () => {
    const { url } = await demo({});
    const response = await fetch(url);
    const policy = response.headers.get('content-security-policy')!;
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;");
    expect(policy).toContain(`; connect-src 'self' ${url.replace('http', 'ws').slice(0, -1)};`);
    expect(policy).not.toMatch(/unsafe|\*|blob:/);
    expect(await response.text()).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
  });

  it('serves the error explorer under a policy that lets it talk to nobody but this server', async () => {
    const { url } = await demo({});
    const response = await fetch(`${url}errors`);
    expect(response.headers.get('content-security-policy')).toContain("; connect-src 'self';");
    expect(await response.text()).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
    const listed = (await (await fetch(`${url}documented-failures.json`)).json()) as DocumentedFailures;
    expect(listed.answers.moknah[0]).toMatchObject({ group: 'Documented by Moknah', status: 200 });
  });

  it('has a relay for every scenario that the page offers, and tells the page no key', async () => {
    const { url } = await demo({});
    const { origin } = new URL(url);
    for (const path of [usualRelay, ...scenarioNames.map((name) => `${rehearsalRelay}/${name}`)]) {
      const headers = { origin, 'content-type': 'application/json' };
      const minted = await fetch(`${url}${path.slice(1)}/token`, { method: 'POST', headers, body: '{"vendor":"audixa"}' });
      expect([path, minted.status]).toEqual([path, 200]);
    }
    expect(await (await fetch(`${url}config.json`)).json()).toEqual({ emulatorUrl: expect.any(String), vendor: false });
  });

  it('has no path but its own, takes no method but GET, and opens no socket without a relay', async () => {
    const { url } = await demo({});
    for (const path of [
      'package.json',
      '%2e%2e/package.json',
      'constructor',
      'real/audixa/v3/voices',
      'rehearsal/unheard-of/token',
    ]) {
      expect((await fetch(url + path)).status).toBe(404);
    }
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    const socket = new WebSocket(`${url.replace('http', 'ws')}real/audixa/v3/tts/stream`);
    await expect(once(socket, 'open')).rejects.toThrow('Unexpected server response: 404');
    const foreign = new WebSocket(`${url.replace('http', 'ws')}speech/audixa/v3/tts/stream`, { origin: 'https://evil.example' });
    await expect(once(foreign, 'open')).rejects.toThrow('Unexpected server response: 403');
  });

  it('takes the next port when the usual one is taken, and says so when a wanted one is', async () => {
    const other = createServer();
    const port = await listenOn(other, 0);
    await expect(startDemo({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    other.close();
    const [first, second] = [await startDemo(), await startDemo()];
    demos.push(first, second);
    expect(new URL(first.url).port).not.toBe(new URL(second.url).port);
  });
});

describe('the relays of the demo', () => {
  const text = 'The quick brown fox jumps over the lazy dog.';

  it.each([
    ['the emulator', usualRelay, {}],
    ['the real vendor, played by another emulator', realRelay, undefined],
  ])('speak through %s with every sample in its place', async (_title, relay, options) => {
    const real = { audixaApiKey: vendor.audixa.apiKey, audixaBaseUrl: vendor.url };
    const { outcome, samples } = await speakThrough(relay, text, options ?? real);
    expect(outcome.verdict).toBe('completed');
    const got = samples.flatMap((chunk) => [...chunk]);
    // The demo's own emulator speaks with espeak-ng; the other one with a tone that is known.
    if (options) return expect(got.length).toBeGreaterThan(24_000);
    const expected = toneVoice(text);
    expect(got.length).toBe(expected.length);
    expect(got.every((sample, n) => sample === expected[n])).toBe(true);
  });

  it.each([
    ['close-1003', 'failed', 'invalid-request', 1003],
    ['close-1008', 'failed', 'unauthorized', 1008],
    ['mp3-in-stream', 'failed', 'not-audio', undefined],
    ['drop-midway~lost', 'truncated', 'connection-lost', 1014],
    ['early-1000~lost', 'truncated', 'truncated', 1000],
    ['wrong-key-at-handshake', 'failed', 'forbidden', 4403],
  ] as const)('rehearse %s as if the vendor had been dialled directly', async (scenario, verdict, kind, code) => {
    const { outcome } = await speakThrough(`${rehearsalRelay}/${scenario}`, text);
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.error?.kind).toBe(kind);
    expect(outcome.error?.close?.code).toBe(code);
  });

  it('shows the key to no answer that the page can ask for', async () => {
    const { url } = await demo({ audixaApiKey: 'CANARY-key', audixaBaseUrl: vendor.url });
    for (const path of ['', 'config.json', 'page.css', 'nothing', 'real/audixa/v3/voices', 'real/diagnose']) {
      const response = await fetch(url + path, { headers: { 'sec-fetch-site': 'same-origin' } });
      expect(JSON.stringify([...response.headers, await response.text()])).not.toContain('CANARY');
    }
  });
});
