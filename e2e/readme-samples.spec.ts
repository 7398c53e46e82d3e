// The code blocks of README.md, packages/*/README.md and docs/*.md that need a browser. tools/check-samples.mjs runs the others.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { chromium, expect, test, type Page } from '@playwright/test';
import { startEmulator, toneVoice, type Emulator } from '@saystream/emulator';
import { build } from 'esbuild';

import { readSamples, type Sample } from '../tools/samples/read-samples.mjs';
import { startSample } from '../tools/samples/run-node-samples.mjs';
import { makeSampleProject, type SampleProject } from '../tools/samples/sample-project.mjs';
import { listenIn, type Heard } from './consumers/listen-in.mjs';
import { serveSample } from './serve-sample.ts';

const samples = readSamples().filter(({ use }) => use === 'page');
/** Blocks with a file name are the files of one app. The others are pages, or scripts of a page with a button. */
const alone = samples.filter(({ file }) => !file);
const servers = samples.filter(({ file }) => file?.endsWith('.mjs'));
const host = '<!doctype html><html lang="en"><button>Speak</button><script type="module" src="/sample.js"></script></html>';

let emulator: Emulator;
let project: SampleProject;
test.beforeAll(async () => {
  emulator = await startEmulator({ rate: 10 });
  project = makeSampleProject();
});
test.afterAll(async () => {
  await emulator.close();
  project.remove();
});

/** Bundles a block as an app's bundler does. */
async function bundle({ text, language }: Sample): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: text, resolveDir: project.folder, loader: language === 'tsx' ? 'tsx' : 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** Opens a page and presses its button if it speaks. All of the speech must be heard, its log be written, and nothing fail. */
async function expectToWork(page: Page, url: string, code: string, spokenSamples: () => number): Promise<void> {
  const faults: string[] = [];
  const logged: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
    if (message.type() === 'log') logged.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.addInitScript(listenIn);
  await page.goto(url);
  if (/<say-stream|\.play\(/.test(code)) {
    await page.locator('button').first().click();
    const share = async () => {
      const { samples: heard, sampleRate } = await page.evaluate(() => (globalThis as unknown as { heard(): Heard }).heard());
      const spoken = spokenSamples();
      return spoken === 0 || heard === 0 ? 0 : heard / sampleRate / (spoken / 24_000);
    };
    await expect.poll(share, { timeout: 30_000 }).toBeGreaterThan(0.85);
  }
  if (code.includes('console.log(')) await expect.poll(() => logged.length, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(faults.filter((fault) => !fault.includes('favicon'))).toEqual([]);
}

for (const sample of alone) {
  test(`${sample.page}:${sample.line} works in a page`, async ({ page }) => {
    const isPage = sample.language === 'html';
    const files = isPage ? { '/index.html': sample.text } : { '/index.html': host, '/sample.js': await bundle(sample) };
    const site = await serveSample(files, emulator);
    try {
      const before = emulator.ledger.length;
      // A block without a relay plays files of a second and more.
      const spoken = () => (sample.text.includes('relay') ? (emulator.ledger.at(before)?.samples ?? 0) : 24_000);
      await expectToWork(page, site.url, sample.text, spoken);
    } finally {
      await site.close();
    }
  });
}

for (const server of servers) {
  test(`${server.page}:${server.line} starts as a server, and its page speaks`, async ({ launchOptions }) => {
    const files = samples.filter(({ file, page, heading }) => file && page === server.page && heading === server.heading);
    for (const { file = '', text } of files) writeFileSync(join(project.folder, file), text);
    const running = startSample(join(project.folder, server.file ?? ''), emulator);
    const port = await running.listening;
    // The page is opened at the address that the sample prints, wherever the server listens.
    const printed = /http:\/\/localhost:\d+/.exec(server.text)?.[0] ?? '';
    const rule = `MAP ${new URL(printed).host} 127.0.0.1:${port}`;
    const browser = await chromium.launch({ ...launchOptions, args: [`--host-resolver-rules=${rule}`] });
    try {
      const code = files.find(({ language }) => language === 'html')?.text ?? '';
      // The sample has an emulator of its own.
      const said = />([^<]+)<\/say-stream>/.exec(code)?.[1] ?? '';
      await expectToWork(await browser.newPage(), printed, code, () => toneVoice(said).length);
    } finally {
      await browser.close();
      running.stop();
      await running.exited;
    }
  });
}

test('each page with a block for the browser is tried', () => {
  expect(new Set([...alone, ...servers].map(({ page }) => page))).toEqual(new Set(samples.map(({ page }) => page)));
});
