import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@playwright/test';

/** Short addresses of the packages, as unpkg.com and jsDelivr write them, and the folders that they stand for. */
const packages = /^(?:\/npm)?\/(saystream|@saystream\/player)(?:@[^/]*)?(\/.*)?$/;

let server: Server;
let origin: string;
const missing: string[] = [];
/** What the CDN does with a short address. */
let short: 'serves' | 'redirects';

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [, name, file] = packages.exec(pathname) ?? [];
    if (!name) {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><meta charset="utf-8"><title>A page</title>');
      return;
    }
    const folder = name.replace('@saystream/', '');
    const main = `/dist/${folder}.global.js`;
    if (!file && short === 'redirects') {
      response.writeHead(302, { location: pathname + main }).end();
      return;
    }
    readFile(fileURLToPath(new URL(`../packages/${folder}${file ?? main}`, import.meta.url))).then(
      (body) => response.setHeader('content-type', 'text/javascript').end(body),
      () => {
        missing.push(pathname);
        response.writeHead(404).end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

test.beforeEach(() => missing.splice(0));

test.afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Saystream {
  createPlayer(): { play(source: unknown): { done: Promise<{ verdict: string; error?: Error }> }; close(): Promise<void> };
  diagnose(): Promise<unknown[]>;
}

/** Plays a WAV file, which takes the worklet and the decoders. */
const playWav = async (): Promise<string> => {
  const wav = new Uint8Array(44 + 4_800);
  const view = new DataView(wav.buffer);
  for (const [offset, text] of [
    [0, 'RIFF'],
    [8, 'WAVEfmt '],
    [36, 'data'],
  ] as const) {
    wav.set(new TextEncoder().encode(text), offset);
  }
  view.setUint32(4, wav.length - 8, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 24_000, true);
  view.setUint32(28, 48_000, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  view.setUint32(40, 4_800, true);
  const { saystream } = globalThis as never as { saystream: Saystream };
  const player = saystream.createPlayer();
  const { verdict, error } = await player.play(new Response(wav, { headers: { 'content-type': 'audio/wav' } })).done;
  await player.close();
  return error ? error.message : verdict;
};

for (const [how, address] of [
  ['serves', '/saystream@0.1'],
  ['redirects', '/saystream@0.1'],
  ['redirects', '/saystream'],
  ['serves', '/npm/saystream@0.1'],
  ['serves', '/saystream@0.1/dist/saystream.global.js'],
] as const) {
  test(`finds every neighbour when the CDN ${how} ${address}`, async ({ page }) => {
    short = how;
    await page.goto(origin);
    await page.addScriptTag({ url: address });
    expect(await page.evaluate(playWav)).toBe('completed');
    await page.evaluate(async () => (globalThis as never as { saystream: Saystream }).saystream.diagnose());
    await page.evaluate(async () => {
      document.body.append(document.createElement('say-stream'));
      await customElements.whenDefined('say-stream');
    });
    expect(missing).toEqual([]);
  });
}

for (const how of ['serves', 'redirects'] as const) {
  test(`finds the player's neighbours when the CDN ${how} its short address`, async ({ page }) => {
    short = how;
    await page.goto(origin);
    await page.addScriptTag({ url: '/npm/@saystream/player@0.1' });
    expect(await page.evaluate(playWav)).toBe('completed');
    expect(missing).toEqual([]);
  });
}
