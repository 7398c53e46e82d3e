import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Script } from 'node:vm';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startEmulator, toneVoice, type Emulator } from '../index.ts';
import { readWav } from '../../tests/read-wav.ts';
import { synthesise, vendors } from '../../tests/vendor-calls.ts';

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator({ rate: Infinity });
  folder = await mkdtemp(join(tmpdir(), 'emulator-page-'));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${emulator.url}${path}`, { headers });
  return { headers: response.headers, text: await response.text() };
};
/** Text as a person reads it. */
const read = (html: string) =>
  html.replaceAll(/<[^>]*>/g, '').replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

/** With a stand-in at its end, for machines without a curl. */
async function pathWithCurl(): Promise<string> {
  const curl = join(folder, 'curl');
  await copyFile(new URL('../../tests/curl-stand-in.mjs', import.meta.url), curl);
  await chmod(curl, 0o755);
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  return [dirname(process.execPath), process.env['PATH'], folder].join(delimiter);
}

test('it names every vendor with its addresses and its key', async () => {
  const text = read((await get('/')).text);
  for (const shown of [
    'Audixa', 'SAUTI', 'Moknah',
    emulator.audixa.baseUrl, `${emulator.audixa.wsUrl}?api_key=emulated`, emulator.sauti.baseUrl, emulator.moknah.baseUrl,
    'x-api-key: emulated', 'xi-api-key: emulated', 'authorization: Bearer emulated',
  ]) expect(text).toContain(shown); // prettier-ignore
});

test('it lists every group and every scenario, with a key that works', async () => {
  const { text } = await get('/');
  const groups = [...text.matchAll(/<section class="group" data-vendor="(\w+)"><h3>([^<]*)<\/h3>/g)];
  expect(groups.map(([, , title]) => title)).toEqual([...new Set(emulator.scenarios.map(({ group }) => group))]);
  expect(new Set(groups.map(([, vendor]) => vendor))).toEqual(new Set(['any', 'audixa', 'sauti', 'moknah']));
  const rows = [...text.matchAll(/<tr><td>(.*?)<\/td><td>(.*?)<\/td><td>(.*?)<\/td><\/tr>/g)].map((cells) =>
    cells.slice(1, 4).map(read),
  );
  expect(rows).toEqual(emulator.scenarios.map(({ name, description, apiKey }) => [name, description, apiKey]));
});

test('the commands work when they are pasted', async () => {
  const { text } = await get('/');
  const commands = [...text.matchAll(/<button[^>]*shell[^>]*>(.*?)<\/button>/gs)].map(([, html = '']) => read(html));
  expect(commands).toHaveLength(3);
  const printed: string[] = [];
  const env = { ...process.env, PATH: await pathWithCurl() };
  for (const command of commands) printed.push((await promisify(execFile)('sh', ['-c', command], { cwd: folder, env })).stdout);
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({ status: 'IN_QUEUE', input_text: 'Hello there.' });
  expect(readWav(await readFile(join(folder, 'sauti.wav'))).rate).toBe(16_000);
  expect(await readFile(join(folder, 'moknah.pcm'))).toHaveLength(toneVoice('Marhaba.').length * 2);
  expect(emulator.ledger.map(({ vendor }) => vendor)).toEqual(['audixa', 'sauti', 'moknah']);
});

test('a host with a quote in its name ends no command', async () => {
  const { hostname, port } = new URL(emulator.url);
  const page = await new Promise<string>((resolve) => {
    request({ hostname, port, path: '/', headers: { host: "a'b" } }, (response) => {
      let text = '';
      response.on('data', (piece) => (text += String(piece))).on('end', () => resolve(text));
    }).end();
  });
  expect(read(page)).toContain(String.raw`'http://a'\''b/v3/tts'`);
});

test('it shows what was accepted, of every vendor, what it cost and how long it is; a text is text', async () => {
  for (const vendor of vendors) await synthesise(emulator, vendor, 'run-ledger');
  await synthesise(emulator, 'audixa', 'run-ledger', { body: '{"text":"<script>alert(1)</script>","voice_id":"am_ethan"}' });
  const fragment = (await get('/emulator/ledger.html')).text;
  expect((await get('/')).text).toContain(fragment);
  for (const shown of ['8 tokens, 1.5 s', '6 characters, 0.5 s', '6 credits, 0.5 s', '<script>alert(1)</script>']) {
    expect(read(fragment)).toContain(shown);
  }
  expect(fragment).not.toContain('<script');
});

test('of many it shows the latest twenty', async () => {
  for (let i = 0; i < 25; i += 1) {
    await synthesise(emulator, 'audixa', 'run-many', { body: `{"text":"Text ${i}.","voice_id":"am_ethan"}` });
  }
  const { text } = await get('/emulator/ledger.html');
  expect(read(text)).toContain(`${emulator.ledger.length} accepted so far, the latest 20 here.`);
  expect([...text.matchAll(/Text (\d+)\./g)].map(([, n]) => Number(n))).toEqual(Array.from({ length: 20 }, (_, i) => 24 - i));
});

test('it runs its own script and nothing else', async () => {
  const { headers, text } = await get('/');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(text.match(/<script[^>]*>/g)).toEqual(['<script src="/emulator/page.js" defer>']);
  const script = await get('/emulator/page.js');
  expect(script.headers.get('content-type')).toContain('text/javascript');
  expect(() => new Script(script.text)).not.toThrow();
});
