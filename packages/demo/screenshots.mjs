// Remakes the pictures of the built demo in README and docs: node packages/demo/screenshots.mjs [folder] [--all]
// Build first. --all adds every view in both colour schemes, for looking at while working on the page.
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright';

import { findChromium } from '../../tools/find-chromium.mjs';

const args = process.argv.slice(2);
const all = args.includes('--all');
const folder = args.find((arg) => !arg.startsWith('--')) ?? fileURLToPath(new URL('../../docs/images', import.meta.url));

const devices = {
  desktop: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};
const published = [
  { name: 'demo-desktop', device: 'desktop', colorScheme: 'light', moment: 'speaking' },
  { name: 'demo-phone', device: 'phone', colorScheme: 'light', moment: 'speaking' },
  { name: 'demo-failed', device: 'desktop', colorScheme: 'dark', moment: 'truncated' },
  { name: 'demo-inside', device: 'desktop', colorScheme: 'light', moment: 'inside', of: '#debug' },
  { name: 'demo-errors', device: 'desktop', colorScheme: 'light', moment: 'explained' },
];
const everyView = Object.keys(devices).flatMap((device) =>
  ['light', 'dark'].flatMap((colorScheme) =>
    ['idle', 'speaking', 'completed', 'failed', 'truncated', 'arabic', 'inside', 'explained'].map((moment) => ({
      name: `${device}-${moment}-${colorScheme}`,
      device,
      colorScheme,
      moment,
    })),
  ),
);

const moments = {
  async idle() {},
  async speaking(page) {
    await page.click('#speak');
    await page.waitForFunction(() => Number.parseFloat(document.querySelector('#heard').textContent) > 3.4);
  },
  async completed(page) {
    await page.click('#speak');
    await page.waitForSelector('#verdict:not([data-tone=none])', { timeout: 40_000 });
  },
  async failed(page) {
    await rehearse(page, 'close-1008');
  },
  async truncated(page) {
    await rehearse(page, 'drop-midway~lost');
  },
  async arabic(page) {
    await page.click('#samples button:nth-child(3)');
    await moments.speaking(page);
  },
  async inside(page) {
    await page.fill('#text', 'A first word, which also wakes the voice.');
    await moments.completed(page);
    await page.click('#debug summary');
    if (!(await page.evaluate(() => document.querySelector('#rehearsal').open))) await page.click('#rehearsal summary');
    await page.check('input[value="stall-midway-1500"]');
    await page.click('#rehearsal summary');
    await page.fill('#text', 'Half of this sentence comes, and then the vendor takes a rest of a second and a half.');
    await page.click('#speak');
    await page.waitForFunction(() => document.querySelector('#debug-underruns').textContent === '1', undefined, {
      timeout: 20_000,
    });
    await page.waitForTimeout(800);
    await page.click('#save-recording');
    await page.evaluate(() => document.querySelector('#debug').scrollIntoView({ block: 'center' }));
  },
  async explained(page) {
    await page.click('text=Explain a failure');
    await page.getByRole('radio', { name: 'Moknah' }).check();
    await page.waitForSelector('#listed optgroup', { state: 'attached' });
    await page.selectOption('#listed', { label: '402 · The account has run out of credit' });
    await page.waitForSelector('#verdict[data-tone=bad]');
  },
};

async function rehearse(page, scenario) {
  if (!(await page.evaluate(() => document.querySelector('#rehearsal').open))) await page.click('#rehearsal summary');
  await page.check(`input[value="${scenario}"]`);
  await page.click('#speak');
  await page.waitForSelector('#verdict[data-tone=bad]', { timeout: 40_000 });
}

/** Starts the built demo on any free port and reads its address from the line it prints. */
async function startDemo() {
  const server = spawn(process.execPath, [fileURLToPath(new URL('dist/server/main.js', import.meta.url))], {
    env: { ...process.env, PORT: '0', AUDIXA_API_KEY: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return { url, stop: () => server.kill('SIGTERM') };
  }
  throw new Error('The demo ended before it said its address. Was it built?');
}

async function takePicture(browser, url, { name, device, colorScheme, moment, of }) {
  const context = await browser.newContext({ ...devices[device], colorScheme });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`${name}: ${error}`));
  page.on(
    'console',
    (message) =>
      message.type() === 'error' && !/status of 404/.test(message.text()) && console.error(`${name}: ${message.text()}`),
  );
  await page.goto(url);
  await page.waitForSelector('.scenario', { state: 'attached' });
  await moments[moment](page);
  if (device === 'phone' && (moment === 'failed' || moment === 'truncated')) {
    await page.evaluate(() => document.querySelector('#verdict').scrollIntoView({ block: 'center' }));
  } else if (device === 'phone' && !['idle', 'inside', 'explained'].includes(moment)) {
    await page.evaluate(() => document.querySelector('textarea').scrollIntoView({ block: 'start' }));
  }
  const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (width > 0) console.error(`${name}: the page is ${width} px too wide`);
  await (of ? page.locator(of) : page).screenshot({ path: join(folder, `${name}.png`) });
  console.log(join(folder, `${name}.png`));
  await context.close();
}

await mkdir(folder, { recursive: true });
const demo = await startDemo();
const browser = await chromium.launch({ executablePath: await findChromium() });
try {
  for (const view of all ? [...published, ...everyView] : published) await takePicture(browser, demo.url, view);
} finally {
  await browser.close();
  demo.stop();
}
