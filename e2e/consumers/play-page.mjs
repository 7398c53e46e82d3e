// Opens a page in Chromium, presses its button, and checks what is heard.
import { listenIn } from './listen-in.mjs';

const limitMs = 30_000;

/** Collects everything that a visitor's console or network panel would show in red. */
function watchFaults(page) {
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('requestfailed', async (request) => {
    const { errorText } = request.failure() ?? {};
    const response = await request.response().catch(() => null);
    // Chromium calls a request aborted, too, when the page drops its controller after reading the whole answer.
    if (errorText !== 'net::ERR_ABORTED' || !response?.ok()) faults.push(`request: ${request.url()} ${errorText}`);
  });
  page.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()} ${response.url()}`));
  return faults;
}

/** Presses what speaks and returns how the speech ended: `completed`, or another verdict and its error. */
const endings = {
  async button(page) {
    await page.locator('button').first().click({ timeout: limitMs });
    const output = page.locator('output').first();
    await output.filter({ hasText: /\S/ }).waitFor({ timeout: limitMs });
    return output.innerText();
  },
  async 'say-stream'(page) {
    const element = page.locator('say-stream').first();
    await element.locator('button').first().click({ timeout: limitMs });
    return element.evaluate(
      (it) =>
        new Promise((resolve) => {
          const check = () => {
            if (it.state === 'ended') resolve('completed');
            if (it.state === 'failed') resolve(`failed: ${it.error?.message}`);
          };
          for (const type of ['statechange', 'error']) it.addEventListener(type, check);
          setTimeout(() => resolve(`still ${it.state}`), 30_000);
          check();
        }),
    );
  },
};

const sourceOf = (url) => (url === undefined ? 'none' : /^https?:/.test(url) ? 'file' : url.slice(0, url.indexOf(':')));
const nameOf = (url) => (/^https?:/.test(url ?? '') ? new URL(url).pathname : sourceOf(url));

/** Compares what was heard with what the emulator spoke. @returns {string[]} what is wrong */
function compareSound({ sumOfSquares, samples, sampleRate }, spoken) {
  if (!spoken) return ['The vendor was not asked to speak.'];
  const heardMs = samples === 0 ? 0 : (samples / sampleRate) * 1_000;
  // The emulator's samples have 24,000 Hz. The player may play up to a tenth faster to catch up.
  const spokenMs = spoken.samples / 24;
  const loudness = Math.sqrt(sumOfSquares / Math.max(samples, 1));
  const problems = [];
  if (heardMs < spokenMs * 0.85 || heardMs > spokenMs * 1.5)
    problems.push(`${Math.round(heardMs)} ms of sound were heard of ${Math.round(spokenMs)} ms spoken.`);
  if (loudness < 0.01) problems.push(`The sound is silent: its effective value is ${loudness.toFixed(4)}.`);
  return problems;
}

/**
 * Plays one page.
 *
 * @returns {Promise<{ problems: string[], firstSoundMs?: number, worker: string, worklet: string }>}
 */
export async function playPage({ browser, url, emulator, app }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const faults = watchFaults(page);
  try {
    await page.addInitScript(listenIn);
    await page.goto(new URL(app.page ?? '/', url).href, { waitUntil: 'load' });
    const before = emulator.ledger.length;
    const ending = await endings[app.press](page).catch((error) => error.message.split('\n')[0]);
    // The last block of sound reaches the recorder after the page knows that the playback ended.
    await page.waitForTimeout(200);
    const heard = await page.evaluate(() => globalThis.heard());
    const [worker, worklet] = [heard.workers.at(-1), heard.worklets.at(-1)];
    const problems = compareSound(heard, emulator.ledger.at(before));
    if (ending !== 'completed') problems.unshift(`It ended as “${ending}”.`);
    for (const [what, source, expected] of [
      ['socket worker', worker, app.worker ?? 'file'],
      ['audio worklet', worklet, app.worklet ?? 'file'],
    ])
      if (sourceOf(source) !== expected) problems.push(`The ${what} came from ${sourceOf(source)}, not from ${expected}.`);
    if ((app.worker ?? 'file') !== 'none' && heard.sockets.length > 0) problems.push('The page held the socket, not the worker.');
    const { firstSoundMs } = heard;
    return {
      problems: [...problems, ...faults.filter((fault) => !app.missing?.test(fault))],
      firstSoundMs,
      worker: nameOf(worker),
      worklet: nameOf(worklet),
    };
  } finally {
    await context.close();
  }
}
