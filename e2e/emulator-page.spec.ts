import type { Page } from '@playwright/test';

import { expect, test } from './emulated-page.ts';

async function open(page: Page, url: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(url);
  await expect(page.locator('.clock time')).toHaveText(/^\d{4}-/);
  return complaints;
}

const shown = (page: Page) => page.locator('.group tbody tr:visible');

test.use({ pagesShowKeys: true });

test('the scenarios can be searched by words, and narrowed to one vendor', async ({ page, emulator }) => {
  const complaints = await open(page, emulator.url);
  await expect(shown(page)).toHaveCount(emulator.scenarios.length);
  await page.fill('#find', 'retry-after DATE');
  await expect(shown(page)).toHaveCount(2);
  await page.locator('.chips').getByText('Moknah').click();
  await expect(shown(page)).toHaveCount(1);
  await expect(page.locator('.group:visible h3')).toHaveText('Moknah');
  await page.fill('#find', 'nothing of the kind');
  await expect(page.locator('#nothing')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a key is copied by a click', async ({ page, emulator, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, emulator.url);
  await page.fill('#find', 'moknah-busy');
  await shown(page).first().locator('[data-copy]').click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('emulated-moknah-busy-2');
});

test('the clock is moved by a button, and says how far ahead it is', async ({ page, emulator }) => {
  await open(page, emulator.url);
  const before = emulator.clock.now();
  await page.click('[data-advance="3600000"]');
  await expect(page.locator('.clock output')).toContainText('s ahead');
  expect(emulator.clock.now() - before).toBeGreaterThan(3_599_000);
});

test('what is accepted appears by itself', async ({ page, emulator }) => {
  await open(page, emulator.url);
  await page.evaluate(
    async ([url, key]) => {
      const body = JSON.stringify({ text: 'Habari <b>ya</b> leo.' });
      const headers = { 'xi-api-key': key, 'content-type': 'application/json' };
      await fetch(`${url}/text-to-speech/sauti-swahili-v1`, { method: 'POST', headers, body });
    },
    [emulator.sauti.baseUrl, emulator.sauti.apiKey] as const,
  );
  await expect(page.locator('#ledger')).toContainText('Habari <b>ya</b> leo.', { timeout: 10_000 });
});

for (const width of [360, 390, 768, 1280]) {
  test(`the emulator's page is no wider than a screen of ${width} px`, async ({ page, emulator }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, emulator.url);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
}
