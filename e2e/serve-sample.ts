import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Emulator } from '@saystream/emulator';
import { createRelay } from '@saystream/relay';
import { relayHandler } from '@saystream/relay/node';

const dist = fileURLToPath(new URL('../packages/saystream/dist', import.meta.url));
const recorder = fileURLToPath(new URL('../packages/player/dist/recording-worklet.js', import.meta.url));
const audio = fileURLToPath(new URL('../packages/player/tests/fixtures', import.meta.url));
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
};

/** A file of the site. The root has the worklets and the worker, because a bundler puts them there. */
function pathOf(name: string): string {
  if (name === '/recording-worklet.js') return recorder;
  const [folder, start] = name.startsWith('/audio/') ? [audio, '/audio/'] : [dist, '/saystream/'];
  return join(folder, normalize(name.replace(start, '/')));
}

/** A site as the pages describe it. */
export interface SampleSite {
  /** Its origin. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves files of a sample, the built files of `saystream` at `/saystream`, and a relay at `/speech`. */
export async function serveSample(files: Readonly<Record<string, string>>, emulator: Emulator): Promise<SampleSite> {
  const { audixa, sauti, moknah } = emulator;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path.startsWith('/speech/')) return toRelay(request, response);
    const name = path === '/' ? '/index.html' : path;
    response.setHeader('content-type', types[extname(name)] ?? 'text/plain');
    if (files[name] !== undefined) return response.end(files[name]);
    readFile(pathOf(name)).then(
      (found) => response.end(found),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const relay = createRelay({
    vendors: { audixa, sauti, moknah },
    origins: [url],
    authorize: () => ({ user: 'reader' }),
  });
  const toRelay = relayHandler(relay);
  server.on('upgrade', relay.upgrade);
  return {
    url,
    async close() {
      await relay.close(0);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
