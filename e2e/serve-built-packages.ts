import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Emulator } from '@saystream/emulator';

import { createTestRelays, type TestRelays } from './serve-relays.ts';
import { watchSentBytes } from './watch-sent-bytes.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wav': 'audio/wav',
  '.pcm': 'audio/pcm;rate=24000',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
};

/** URL prefixes and the folders behind them: what a CDN would serve, and the pages of the tests. */
const folders: readonly (readonly [string, string])[] = [
  ['/dist/', join(here, '../packages/saystream/dist')],
  ['/audio/', join(here, '../packages/player/tests/fixtures')],
  ['/', join(here, 'pages')],
];

/**
 * The policy a careful site would set; pages under `/strict/` are served with it, others with their `?policy=`. The relay is
 * named as it would be on an origin of its own, where it is for a page that is opened on `localhost`.
 */
const strictPolicy = (relay: string): string =>
  `default-src 'none'; script-src 'self'; connect-src ${relay} ${relay.replace('http', 'ws')}; media-src 'self'; style-src 'self'`;

/** A server of the built files. */
export interface BuiltPackages {
  /** Its origin. */
  readonly url: string;
  /** Paths asked for, oldest first. Playwright does not see what a worklet loads; the server does. */
  readonly requested: readonly string[];
  /** Its relays, by path. */
  readonly relays: TestRelays;
  /** Called with all that it and its relays send from now on, as Latin-1 text; what is cut in two comes once more. */
  onSent: (text: string) => void;
  close(): Promise<void>;
}

/** Serves the built files like a CDN would, on a free port of loopback. */
export async function serveBuiltPackages(emulator: Emulator): Promise<BuiltPackages> {
  const requested: string[] = [];
  const relays = createTestRelays(emulator, () => origin());
  const server = createServer((request, response) => {
    if (relays.answer(request, response)) return;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    requested.push(pathname);
    const strict = pathname.startsWith('/strict/');
    const path = strict ? pathname.slice('/strict'.length) : pathname;
    const [prefix, folder] = folders.find(([start]) => path.startsWith(start)) ?? ['/', here];
    readFile(join(folder, normalize(path.slice(prefix.length)))).then(
      (body) => {
        const policy = strict ? strictPolicy(origin()) : searchParams.get('policy');
        if (policy) response.setHeader('content-security-policy', policy);
        response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  server.on('upgrade', relays.upgrade);
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const served: BuiltPackages = {
    onSent: () => undefined,
    requested,
    relays,
    url: origin(),
    async close() {
      await relays.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  watchSentBytes(server, (text) => served.onSent(text));
  return served;
}
