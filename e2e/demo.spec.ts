import type { Page } from '@playwright/test';

import { expect, test } from './built-demo.ts';

async function open(page: Page, demo: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.text().includes('Content Security Policy') && complaints.push(message.text()));
  await page.goto(demo);
  await page.waitForSelector('.scenario', { state: 'attached' });
  return complaints;
}

/** On a wide screen the list is open from the start. */
async function showScenarios(page: Page): Promise<void> {
  if (!(await page.locator('#rehearsal').evaluate((details: HTMLDetailsElement) => details.open))) await page.click('summary');
}

const verdict = (page: Page) => page.locator('#verdict-facts');

test('a typed text is spoken to its end, by keyboard alone', async ({ page, demo }) => {
  const complaints = await open(page, demo);
  await page.locator('#text').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Hello there. This was typed.');
  await page.keyboard.press('Control+Enter');
  await expect(verdict(page)).toContainText('completed', { timeout: 30_000 });
  await expect(page.locator('#gaps')).toHaveText('none');
  await expect(page.locator('#first-sound')).toHaveText(/\d/);
  expect(complaints).toEqual([]);
});

test('Swahili and Arabic samples are spoken as well, the latter from right to left', async ({ page, demo }) => {
  await open(page, demo);
  for (const sample of [2, 3]) {
    await page.click(`#samples button:nth-child(${sample})`);
    await page.click('#speak');
    await expect(page.locator('#state')).toHaveText('Speaking', { timeout: 20_000 });
    await page.keyboard.press('Escape');
    await expect(verdict(page)).toContainText('cancelled');
  }
  await expect(page.locator('#text')).toHaveJSProperty('dir', 'auto');
  expect(await page.locator('#text').evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
});

test('pause holds the sound and resume goes on', async ({ page, demo }) => {
  await open(page, demo);
  await page.click('#speak');
  await expect(page.locator('#state')).toHaveText('Speaking', { timeout: 20_000 });
  await page.click('#pause');
  await expect(page.locator('#state')).toHaveText('Paused');
  // The page shows what it heard a moment ago; then nothing more comes.
  const heard = async () => page.locator('#heard').textContent();
  const twice = async () => {
    const before = await heard();
    await page.waitForTimeout(500);
    return [before, await heard()];
  };
  await expect.poll(async () => new Set(await twice()).size).toBe(1);
  const [still] = await twice();
  await page.waitForTimeout(500);
  expect(await heard()).toBe(still);
  await page.click('#pause');
  await expect(page.locator('#state')).toHaveText('Speaking');
  await page.click('#stop');
  await expect(verdict(page)).toContainText('cancelled');
});

test('what is spoken at twice the speed takes half the time', async ({ page, demo }) => {
  await open(page, demo);
  await page.locator('#text').fill('One sentence, said once slowly and once in a hurry, by the very same voice.');
  const seconds = async (speed: string): Promise<number> => {
    await page.getByLabel('Speed').selectOption(speed);
    await page.click('#speak');
    await expect(page.locator('#state')).toHaveText('Speaking', { timeout: 20_000 });
    const since = Date.now();
    await expect(verdict(page)).toContainText('completed', { timeout: 30_000 });
    return (Date.now() - since) / 1000;
  };
  const usual = await seconds('1');
  const heard = await page.locator('#heard').textContent();
  expect(await seconds('2')).toBeLessThan(0.75 * usual);
  await expect(page.locator('#heard')).toHaveText(heard ?? '');
});

for (const [scenario, kind] of [
  ['close-1008', 'unauthorized'],
  ['close-1003', 'invalid-request'],
  ['drop-midway~lost', 'connection-lost'],
] as const) {
  test(`the scenario ${scenario} is explained as ${kind}`, async ({ page, demo }) => {
    await open(page, demo);
    await showScenarios(page);
    await page.check(`input[value="${scenario}"]`);
    await page.click('#speak');
    await expect(verdict(page)).toContainText(kind, { timeout: 30_000 });
    await expect(page.locator('#verdict-advice')).not.toBeEmpty();
  });
}

for (const width of [360, 390, 768, 1440]) {
  test(`nothing is wider than a screen of ${width} px`, async ({ page, demo }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, demo);
    await showScenarios(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
}
