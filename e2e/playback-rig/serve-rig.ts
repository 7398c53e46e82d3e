import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, type Plugin } from 'esbuild';
import { WebSocketServer } from 'ws';

import { deliver } from './delivery-server.ts';
import { knownSignal, signalRate } from './known-signal.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = join(here, '../../packages/saystream/dist');

/** What a page of the rig is served by. */
export interface Rig {
  /** The page. */
  readonly url: string;
  /** Where it asks for deliveries of the signal. */
  readonly deliveryUrl: string;
  /** What is delivered. */
  readonly signal: Float32Array;
  close(): Promise<void>;
}

/** The rig's page with the players that are to be measured in it. */
export interface RigOptions {
  /** Length of the signal. */
  readonly seconds: number;
  /** A module that imports the rig's page and registers further players. Default: only ours. */
  readonly entry?: string;
  /** Files whose path has this in it are bundled as text. */
  readonly asText?: RegExp;
}

const textOf = (filter: RegExp): Plugin => ({
  name: 'text',
  setup({ onLoad }) {
    onLoad({ filter }, async ({ path }) => ({ contents: await readFile(path, 'utf8'), loader: 'text' }));
  },
});

async function bundle(entry: string, asText: RegExp | undefined): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    // The built packages are what is measured: the page loads them as any other page does.
    external: ['/dist/*'],
    logLevel: 'error',
    plugins: asText ? [textOf(asText)] : [],
  });
  return outputFiles[0]!.contents;
}

const page = '<!doctype html><meta charset="utf-8"><title>Playback rig</title><script type="module" src="/rig.js"></script>';

/** Serves page, built packages and deliveries on a free port of loopback. */
export async function serveRig({ seconds, entry = join(here, 'page/rig-page.ts'), asText }: RigOptions): Promise<Rig> {
  const signal = knownSignal(seconds * signalRate);
  const script = await bundle(entry, asText);
  const server = createServer(({ url = '/' }, response) => {
    const path = new URL(url, 'http://localhost').pathname;
    const answer = (type: string, body: string | Uint8Array): void => {
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
    };
    if (path === '/') return answer('text/html', page);
    if (path === '/rig.js') return answer('text/javascript', script);
    readFile(join(dist, basename(path))).then(
      (body) => answer('text/javascript', body),
      () => response.writeHead(404).end(),
    );
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket) => deliver(socket, signal));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/`,
    deliveryUrl: `ws://${host}/`,
    signal,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
