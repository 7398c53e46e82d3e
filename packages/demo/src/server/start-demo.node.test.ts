import { once } from 'node:events';
import { createServer } from 'node:http';

import { startEmulator, toneVoice, type Emulator } from '@saystream/emulator';
import { createAudixa, type SpeechOutcome } from 'saystream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import type { DocumentedFailures } from '../documented-failures.ts';
import { scenarioGroups } from '../scenario-catalogue.ts';
import { listenOn } from './listen-on-free-port.ts';
import { startDemo, type Demo } from './start-demo.ts';
import { vendorMount } from './vendor-pass-through.ts';

let vendor: Emulator;
const demos: Demo[] = [];
const demo = async (options: Parameters<typeof startDemo>[0]): Promise<Demo> => {
  const started = await startDemo({ port: 0, ...options });
  demos.push(started);
  return started;
};

beforeAll(async () => {
  vendor = await startEmulator({ rate: 50 });
});
afterAll(async () => {
  await Promise.all([vendor.close(), ...demos.map((one) => one.close())]);
});

/** Speaks as the demo's page does, through the pass-through, with a vendor whose behaviour the key decides. */
async function speakThrough(
  scenario: string | undefined,
  text: string,
): Promise<{ outcome: SpeechOutcome; samples: Float32Array[] }> {
  const audixaApiKey = scenario ? vendor.scenario(scenario) : vendor.audixa.apiKey;
  const { url } = await demo({ audixaApiKey, audixaBaseUrl: vendor.url });
  class PageSocket extends WebSocket {
    constructor(address: string | URL) {
      super(address, { origin: new URL(url).origin });
    }
  }
  const audixa = createAudixa({
    baseUrl: url + vendorMount.slice(1),
    apiKey: 'placeholder',
    WebSocket: PageSocket,
    retry: { tries: 1 },
  });
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
  it('serves the page under a policy that allows nothing inline and nothing foreign but the emulator', async () => {
    const { url, emulatorUrl } = await demo({});
    const response = await fetch(url);
    const policy = response.headers.get('content-security-policy')!;
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;");
    expect(policy).toContain(` ${emulatorUrl} ${emulatorUrl.replace('http', 'ws')};`);
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

  it('knows every scenario that the page offers', async () => {
    const config = (await (await fetch(`${(await demo({})).url}config.json`)).json()) as {
      scenarioKeys: Record<string, string>;
      vendor: boolean;
    };
    const names = scenarioGroups.flatMap(({ scenarios }) => scenarios.map(({ name }) => name));
    expect(Object.keys(config.scenarioKeys)).toEqual(names);
    expect(new Set(Object.values(config.scenarioKeys)).size).toBe(names.length);
    expect(config.vendor).toBe(false);
  });

  it('has no path but its own, takes no method but GET, and opens no socket without a vendor', async () => {
    const { url } = await demo({});
    for (const path of ['package.json', '%2e%2e/package.json', 'constructor', 'real-audixa/v3/voices']) {
      expect((await fetch(url + path)).status).toBe(404);
    }
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    const socket = new WebSocket(`${url.replace('http', 'ws')}real-audixa/v3/tts/stream`);
    await expect(once(socket, 'open')).rejects.toThrow('socket hang up');
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

describe('the real vendor behind the demo, played by the emulator', () => {
  const text = 'The quick brown fox jumps over the lazy dog.';

  it('speaks through with every sample in its place', async () => {
    const { outcome, samples } = await speakThrough(undefined, text);
    expect(outcome.verdict).toBe('completed');
    const expected = toneVoice(text);
    const got = samples.flatMap((chunk) => [...chunk]);
    expect(got.length).toBe(expected.length);
    expect(got.every((sample, n) => sample === expected[n])).toBe(true);
  });

  it.each([
    ['close-1003', 'failed', 'invalid-request', 1003],
    ['close-1008', 'failed', 'unauthorized', 1008],
    ['close-1011', 'failed', 'vendor-fault', 1011],
    ['close-1011-midway~lost', 'truncated', 'vendor-fault', 1011],
    ['drop-midway~lost', 'truncated', 'connection-lost', 1006],
    ['early-1000~lost', 'truncated', 'truncated', 1000],
  ] as const)('explains %s as if the vendor had been dialled directly', async (scenario, verdict, kind, code) => {
    const { outcome } = await speakThrough(scenario, text);
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.error).toMatchObject({ kind, close: expect.objectContaining({ code }) as unknown });
  });

  it.each([
    ['wrong-key-at-handshake', 403],
    ['http-401', 401],
    ['http-402', 402],
  ] as const)('passes the refused handshake of %s on', async (scenario, status) => {
    const { url } = await demo({ audixaApiKey: vendor.scenario(scenario), audixaBaseUrl: vendor.url });
    const address = `${url.replace('http', 'ws')}${vendorMount.slice(1)}/v3/tts/stream`;
    const socket = new WebSocket(address, { origin: new URL(url).origin });
    await expect(once(socket, 'open')).rejects.toThrow(`Unexpected server response: ${status}`);
  });

  it('shows the key to no answer that the page can ask for', async () => {
    const { url } = await demo({ audixaApiKey: 'CANARY-key', audixaBaseUrl: vendor.url });
    for (const path of ['', 'config.json', 'page.css', 'nothing', 'real-audixa/v3/voices', 'real-audixa/v3/history']) {
      const response = await fetch(url + path, { headers: { 'sec-fetch-site': 'same-origin' } });
      expect(JSON.stringify([...response.headers, await response.text()])).not.toContain('CANARY');
    }
  });
});
