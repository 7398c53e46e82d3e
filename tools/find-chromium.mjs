// Finds a Chromium that tests and demos can drive, or installs one, and says what it does.
// Order: SAYSTREAM_CHROMIUM, installed Chrome or Chromium, Debian's package when root, Playwright's own download.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const variable = 'SAYSTREAM_CHROMIUM';
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
const bundles = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const runnable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onPath = () =>
  (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))).find(runnable);

const run = (command, args) => spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;

async function playwrightDownload() {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

const advice = [
  'No Chromium was found, and none could be installed. Do one of these, then run the command again:',
  '  Debian or Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium',
  '  macOS:             brew install --cask chromium',
  '  anywhere:          install Google Chrome, or npx playwright@1.64.1 install --with-deps chromium',
  `  already have one:  ${variable}=/path/to/chrome`,
].join('\n');

/** @returns {Promise<string>} the executable's path; throws an Error whose message says what to install. */
export async function findChromium({ log = console.log } = {}) {
  const asked = process.env[variable];
  if (asked) {
    if (!runnable(asked)) throw new Error(`${variable}=${asked} is not an executable file.`);
    log(`browser: ${asked} (from ${variable})`);
    return asked;
  }
  const installed = onPath() ?? bundles.find(runnable);
  if (installed) {
    log(`browser: ${installed} (already installed)`);
    return installed;
  }
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    log('browser: none found; installing Debian\'s chromium-headless-shell (about 160 MB) with apt-get …');
    const fresh = run('apt-get', ['update', '-qq']);
    const packageNames = ['chromium-headless-shell', 'chromium'];
    if (fresh && packageNames.some((name) => run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name]))) {
      const path = onPath();
      if (path) {
        log(`browser: ${path} (just installed)`);
        return path;
      }
    }
  }
  const downloaded = (await playwrightDownload()) ?? (await tryPlaywrightInstall(log));
  if (downloaded) {
    log(`browser: ${downloaded} (Playwright's download)`);
    return downloaded;
  }
  throw new Error(advice);
}

async function tryPlaywrightInstall(log) {
  log('browser: none found; trying Playwright\'s download of Chromium …');
  const cli = new URL('../node_modules/playwright/cli.js', import.meta.url);
  if (!run(process.execPath, [cli.pathname, 'install', 'chromium'])) return undefined;
  return playwrightDownload();
}
