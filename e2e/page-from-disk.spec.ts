import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { Page } from '@playwright/test';

import { expect, test } from './emulated-page.ts';

const built = fileURLToPath(new URL('../packages/saystream/dist/', import.meta.url));
const markup = (script: string, relay: string): string =>
  `<!doctype html><meta charset="utf-8"><title>From disk</title><script src="${script}"></script>` +
  `<say-stream relay="${relay}" voice="am_ethan">Read me.</say-stream>`;

/** Opens a page of one's own from disk, with the script tag's files beside it; returns what the console says, which may come later. */
async function openFromDisk(page: Page, html: string, use: (said: readonly string[]) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'page-from-disk-'));
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  try {
    for (const file of ['saystream.global.js', 'saystream.element.js']) await copyFile(join(built, file), join(folder, file));
    await writeFile(join(folder, 'index.html'), html);
    await page.goto(pathToFileURL(join(folder, 'index.html')).href);
    await use(said);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const blamesPolicy = /content.security|policy|CSP/i;

test('a page from disk is told that it needs a server, and its text stays readable', async ({ page }) => {
  await openFromDisk(page, markup('saystream.global.js', '/speech'), async (said) => {
    await expect.poll(() => said).toEqual([expect.stringMatching(/<say-stream> needs a page that is served.+localhost/)]);
    expect(said.filter((line) => blamesPolicy.test(line))).toEqual([]);
    await expect(page.locator('say-stream')).toBeVisible();
    await expect(page.locator('say-stream')).toHaveText('Read me.');
    const asked = page.evaluate(() =>
      (globalThis as never as { saystream: { defineSayStream(): Promise<void> } }).saystream.defineSayStream(),
    );
    await expect(asked).rejects.toThrow('needs a page that is served');
  });
});

test('a page from disk with the script of a server is told that it has no relay', async ({ page, site }) => {
  // As a CDN does. The page's origin is `null`.
  await page.route(`${site}/dist/**`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'access-control-allow-origin': '*' } });
  });
  await openFromDisk(page, markup(`${site}/dist/saystream.global.js`, '/speech'), async (said) => {
    await page.evaluate(() => customElements.whenDefined('say-stream').then(() => undefined));
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(page.getByRole('status')).toHaveText('This text cannot be read aloud at the moment.');
    await expect.poll(() => said).toEqual([expect.stringMatching(/A page from disk has no relay\. Serve it over http/)]);
    expect(said.filter((line) => blamesPolicy.test(line))).toEqual([]);
  });
});
