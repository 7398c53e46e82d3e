import type { AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { startEmulator } from '@saystream/emulator';
import { relayHandler } from '@saystream/relay/node';

import { espeakVoice } from '../voice/espeak-voice.ts';
import { createDemoRelays } from './demo-relays.ts';
import { readDocumentedFailures } from './golden-table.ts';
import { listenOn, listenOnFreePort } from './listen-on-free-port.ts';
import { readPageFile } from './page-files.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { securityHeaders } from './security-headers.ts';

const usualPort = 4173;
/** A little faster than it is heard, so that sound arrives while the rest is still being made. */
const timesRealTime = 1.5;

export interface DemoOptions {
  /** The port to listen on. Default: 4173 or, if it is taken, the next free one. 0 takes any. */
  readonly port?: number | undefined;
  /** A real Audixa key: the page then offers the real vendor, and the key stays in this process. */
  readonly audixaApiKey?: string | undefined;
  /** The real vendor's origin. Default `https://api.audixa.ai`. */
  readonly audixaBaseUrl?: string | undefined;
}

export interface Demo {
  readonly url: string;
  readonly emulatorUrl: string;
  close(): Promise<void>;
}

/** Starts the emulator with the espeak-ng voice, and the page that talks to it. Both on the loopback interface only. */
export async function startDemo({
  port,
  audixaApiKey,
  audixaBaseUrl = 'https://api.audixa.ai',
}: DemoOptions = {}): Promise<Demo> {
  const emulator = await startEmulator({ voice: espeakVoice, rate: timesRealTime });
  // Loads the voice's 24 MB, and fails here rather than in the middle of a conversation.
  await espeakVoice('Ready.');
  const real = audixaApiKey ? { audixa: { apiKey: audixaApiKey, baseUrl: audixaBaseUrl } } : undefined;
  const relays = createDemoRelays(emulator, real, () => (server.address() as AddressInfo).port);
  const config = JSON.stringify({
    emulatorUrl: emulator.url,
    vendor: real !== undefined,
  });
  const made = new Map<string, () => string | Promise<string>>([
    ['/config.json', () => config],
    ['/documented-failures.json', async () => JSON.stringify(await readDocumentedFailures())],
  ]);

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    // Older Safari does not count a same-origin socket as 'self'. What is pasted into /errors shall leave it nowhere.
    const connectTo = pathname === '/errors' ? [] : [`ws://${request.headers.host ?? 'localhost'}`];
    for (const [name, value] of Object.entries(securityHeaders(connectTo))) response.setHeader(name, value!);
    const relay = relays.of(pathname);
    if (relay) return relayHandler(relay)(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
    const json = await made.get(pathname)?.();
    const file = json === undefined ? await readPageFile(pathname) : { type: 'application/json', bytes: json };
    if (!file) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.\n');
    response.writeHead(200, { 'content-type': file.type }).end(request.method === 'HEAD' ? undefined : file.bytes);
  }

  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      console.error(error);
      if (response.headersSent) return void response.destroy();
      response.writeHead(500, { 'content-type': 'text/plain' }).end('The demo server failed; its terminal says why.\n');
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const relay = relays.of(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (relay) relay.upgrade(request, socket, head);
    else refuseUpgrade(socket, 404);
  });

  const close = async (): Promise<void> => {
    await relays.close();
    server.closeAllConnections();
    server.close();
    await emulator.close();
  };
  try {
    const listening = port === undefined ? await listenOnFreePort(server, usualPort) : await listenOn(server, port);
    return { url: `http://localhost:${listening}/`, emulatorUrl: emulator.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
