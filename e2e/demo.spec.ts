import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';
import { replayRecording, type PlaybackRecording } from '@saystream/player/replay';

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
  if (!(await page.locator('#rehearsal').evaluate((details: HTMLDetailsElement) => details.open)))
    await page.click('#rehearsal summary');
}

/** A picker by its label. */
const picker = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });

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

test('what is heard at twice the listening rate takes half the time', async ({ page, demo }) => {
  await open(page, demo);
  await page.locator('#text').fill('One sentence, said once slowly and once in a hurry, by the very same voice.');
  const shown = async (id: string): Promise<number> => Number.parseFloat((await page.locator(id).textContent()) ?? '');
  await picker(page, 'Listening rate').selectOption('2');
  await page.click('#speak');
  await expect(page.locator('#state')).toHaveText('Speaking', { timeout: 20_000 });
  await page.click('#pause');
  // Nothing is heard faster than it comes.
  await expect(page.locator('#timeline')).toContainText('All audio arrived', { timeout: 20_000 });
  const ahead = (await shown('#arrived')) - (await shown('#heard'));
  expect(ahead).toBeGreaterThan(2);
  const since = Date.now();
  await page.click('#pause');
  await expect(verdict(page)).toContainText('completed', { timeout: 30_000 });
  expect((Date.now() - since) / 1000).toBeLessThan(0.75 * ahead);
  expect(Math.abs((await shown('#heard')) - (await shown('#arrived')))).toBeLessThan(0.11); // both are rounded to 0.1
});

/** Speaks to the end; returns the seconds that arrived and a fingerprint of the saved WAV file. */
async function speakToTheEnd(page: Page): Promise<{ seconds: number; rate: number; digest: string }> {
  await page.click('#speak');
  await expect(verdict(page)).toContainText('completed', { timeout: 30_000 });
  const download = page.waitForEvent('download');
  await page.click('#save');
  const wav = await readFile(await (await download).path());
  const rate = wav.readUInt32LE(24);
  const digest = createHash('sha256').update(wav).digest('hex');
  return { seconds: (wav.length - 44) / 2 / rate, rate, digest };
}

for (const [vendor, text, [slow, fast], otherVoice, rate] of [
  ['audixa', 'The ferry leaves the harbour early.', ['0.5', '2'], 'af_luna', 24_000],
  ['sauti', 'Habari ya asubuhi, karibu sana.', ['0.5', '2'], undefined, 16_000],
  ['moknah', 'مرحبا بالعالم.', ['0.7', '1.2'], '7', 24_000],
] as const) {
  test(`the pickers of voice and speed change what ${vendor} says`, async ({ page, demo }) => {
    const complaints = await open(page, demo);
    await picker(page, 'Vendor').selectOption(vendor);
    await page.locator('#text').fill(text);
    const usual = await speakToTheEnd(page);
    expect(usual.rate).toBe(rate);
    const speed = picker(page, 'Speed');
    await speed.selectOption(slow);
    const slower = await speakToTheEnd(page);
    expect((slower.seconds / usual.seconds) * Number(slow)).toBeGreaterThan(0.8);
    await speed.selectOption(fast);
    const faster = await speakToTheEnd(page);
    expect((faster.seconds / usual.seconds) * Number(fast)).toBeLessThan(1.2);
    await speed.selectOption('1');
    expect((await speakToTheEnd(page)).digest).toBe(usual.digest);
    if (otherVoice) {
      await picker(page, 'Voice').selectOption(otherVoice);
      expect((await speakToTheEnd(page)).digest).not.toBe(usual.digest);
    }
    expect(complaints).toEqual([]);
  });
}

test('a vendor brings its voices, its speeds, a text it can read and its own failures', async ({ page, demo }) => {
  await open(page, demo);
  const options = (label: string) => picker(page, label).locator('option').allTextContents();
  await expect.poll(() => options('Voice')).toHaveLength(14);
  expect(await options('Speed')).toEqual(['0.5', '0.75', '1', '1.25', '1.5', '2']);
  await picker(page, 'Vendor').selectOption('sauti');
  await expect.poll(() => options('Voice')).toEqual(['Sauti Swahili, sw-KE, female']);
  await expect(page.locator('#text')).toHaveValue(/^Habari/);
  await expect(page.locator('input[value="close-1008"]')).toHaveCount(0);
  await picker(page, 'Vendor').selectOption('moknah');
  await expect.poll(() => options('Voice')).toEqual(['Layla', 'Omar', 'Salma']);
  expect(await options('Speed')).toEqual(['0.7', '0.85', '1', '1.1', '1.2']);
  await expect(page.locator('#text')).toHaveAttribute('lang', 'ar');
  await showScenarios(page);
  await page.check('input[value="moknah-credits-5"]');
  await page.click('#speak');
  await expect(verdict(page)).toContainText('insufficient-credits', { timeout: 30_000 });
  // Another vendor begins without a failure, and leaves a text of one's own alone.
  await page.locator('#text').fill('My own words.');
  await picker(page, 'Vendor').selectOption('audixa');
  await expect(page.locator('#scenario-chosen')).toHaveText('Everything works');
  await expect(page.locator('#text')).toHaveValue('My own words.');
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
    await open(page, `${demo}#debug`);
    await showScenarios(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
}

test.describe('looking inside', () => {
  const painted = (page: Page) =>
    page.locator('#debug-canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const count = { all: 0, red: 0 };
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3]! < 32) continue;
        count.all++;
        if (data[at]! > 200 && data[at + 1]! < 180) count.red++;
      }
      return count;
    });
  const stall = async (page: Page): Promise<void> => {
    await showScenarios(page);
    await page.check('input[value="stall-midway-1500"]');
    await page.locator('#text').fill('Half of this comes, and then the vendor takes a rest.');
    await page.click('#speak');
  };

  test('is off at first, opens by the keyboard, and is remembered in the address', async ({ page, demo }) => {
    const complaints = await open(page, demo);
    const canvas = page.locator('#debug-canvas');
    await expect(canvas).toBeHidden();
    await page.locator('#debug summary').focus();
    await page.keyboard.press('Enter');
    await expect(canvas).toBeVisible();
    await expect(page).toHaveURL(/#debug$/);
    await page.reload();
    await expect(canvas).toBeVisible();
    await page.locator('#debug summary').press('Enter');
    await expect(canvas).toBeHidden();
    await expect(page).not.toHaveURL(/#/);
    expect(complaints).toEqual([]);
  });

  test('draws where the sound ran dry, and hands out a recording that replays to it', async ({ page, demo }, testInfo) => {
    const complaints = await open(page, `${demo}#debug`);
    const before = await painted(page);
    await stall(page);
    const underruns = page.locator('#debug-underruns');
    await expect(underruns).toHaveText(/[1-9]/, { timeout: 20_000 }); // a busy machine may add one of its own
    expect(before.red).toBe(0);
    await expect.poll(async () => (await painted(page)).red).toBeGreaterThan(20);
    expect((await painted(page)).all).toBeGreaterThan(1.5 * before.all);
    await expect(verdict(page)).toContainText('completed', { timeout: 30_000 });
    for (const name of ['sound', 'wait', 'concealed', 'rebuffer', 'latency']) {
      await expect(page.locator(`#debug-${name}`)).toHaveText(/\d/);
    }
    const download = page.waitForEvent('download');
    await page.click('#save-recording');
    const path = testInfo.outputPath('recording.json');
    await (await download).saveAs(path);
    await expect(page.locator('#recording-note')).toContainText('no text, no key and no sound');
    const json = await readFile(path, 'utf8');
    expect(json).not.toMatch(/vendor takes a rest|:\/\//);
    const recording = JSON.parse(json) as PlaybackRecording;
    const { outcome } = replayRecording(recording);
    expect(outcome).toEqual(recording.outcome);
    expect(String(outcome.statuses.at(-1)?.underruns)).toBe(await underruns.textContent());
    expect(complaints).toEqual([]);
  });

  test('the recording can be copied, with the speech when that is wanted', async ({ page, demo, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(page, `${demo}#debug`);
    await expect(page.locator('#copy-recording')).toBeDisabled();
    await page.locator('#text').fill('Short.');
    await page.click('#speak');
    await expect(verdict(page)).toContainText('completed', { timeout: 30_000 });
    await page.check('#recording-samples');
    await page.click('#copy-recording');
    await expect(page.locator('#recording-note')).toContainText('Copied');
    const recording = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as PlaybackRecording;
    const { outcome, rendered } = replayRecording(recording);
    expect(outcome).toEqual(recording.outcome);
    expect(rendered?.some((sample) => Math.abs(sample) > 0.05)).toBe(true);
  });

  test('draws four times a second for people who asked for less motion', async ({ page, demo }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page, `${demo}#debug`);
    await page.click('#speak');
    await expect(page.locator('#state')).toHaveText('Speaking', { timeout: 20_000 });
    const drawings = await page.evaluate(async () => {
      const canvas = document.querySelector<HTMLCanvasElement>('#debug-canvas')!;
      const context = canvas.getContext('2d')!;
      let count = 0;
      const clear = context.clearRect.bind(context);
      context.clearRect = (...area) => {
        count++;
        clear(...area);
      };
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return count;
    });
    expect(drawings).toBeGreaterThan(0);
    expect(drawings).toBeLessThanOrEqual(6);
  });
});
