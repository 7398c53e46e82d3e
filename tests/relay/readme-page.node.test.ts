import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, expect, test } from 'vitest';

import { openStream } from './recipe-journey.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test("what the relay's README says to copy speaks", async () => {
  const readme = readFileSync(join(root, 'packages/relay/README.md'), 'utf8');
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'relay-readme-'));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  for (const name of ['server.mjs', 'index.html']) {
    const text = readme.split(`**${name}**`)[1]?.match(/```\w+\n([\s\S]*?)```/)?.[1] ?? '';
    writeFileSync(join(folder, name), text.replaceAll('8080', String(port)));
  }
  mkdirSync(join(folder, 'node_modules/@saystream'), { recursive: true });
  for (const [name, at] of Object.entries({
    '@saystream/relay': 'relay',
    '@saystream/emulator': 'emulator',
    saystream: 'saystream',
  })) {
    symlinkSync(join(root, 'packages', at), join(folder, 'node_modules', name));
  }
  const child = spawn(process.execPath, ['server.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  cleanups.push(async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const origin = String(said).trim();
  expect(origin).toBe(`http://localhost:${port}`);
  const page = await (await fetch(origin)).text();
  for (const [, source = ''] of page.matchAll(/src="([^"]+)"/g)) expect((await fetch(origin + source)).status).toBe(200);
  expect((await fetch(`${origin}/pcm-worklet.js`)).status).toBe(200);
  const relay = `${origin}${/relay="([^"]+)"/.exec(page)?.[1]}`;
  const init = { method: 'POST', headers: { origin, 'content-type': 'application/json' }, body: '{"vendor":"audixa"}' };
  const { token } = (await (await fetch(`${relay}/token`, init)).json()) as { token: string };
  expect((await openStream(origin, token, origin)).said).toEqual(['ready', 'started', 'completed']);
});
