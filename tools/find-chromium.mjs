// Finds a Chromium that tests can drive, or installs one, and says what it does.
// Order: SAYSTREAM_CHROMIUM, installed Chrome or Chromium, Playwright's earlier download, Debian's package when root,
// Playwright's download now.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const variable = 'SAYSTREAM_CHROMIUM';
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];
const bundles = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];
const playwrightCli = fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url));

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** Ubuntu's `chromium-browser` may be a script that only advertises a snap, and a download may lack system libraries. */
const starts = (path) =>
  isExecutable(path) &&
  (process.platform === 'win32' || spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0);

const candidates = () => [
  ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
  ...bundles,
];
const installed = () => candidates().find(starts);

const isRoot = () => process.platform === 'linux' && process.getuid?.() === 0;

/** Output is shown as it comes, for these take a while; of what goes wrong only the last error. */
function run(command, args, log) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stderr, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8', env });
  if (status === 0) return true;
  const reasons = (stderr ?? '').split('\n').filter((line) => /^(E:|Error:)/.test(line));
  log(`browser: that did not work${error || reasons.length > 0 ? ` (${error?.message ?? reasons.at(-1)})` : ''}`);
  return false;
}

function installWithApt(log) {
  if (!isRoot() || !existsSync('/usr/bin/apt-get')) return undefined;
  log("browser: none found; installing Debian's chromium-headless-shell (about 160 MB) with apt-get …");
  if (!run('apt-get', ['update', '-qq'], log)) return undefined;
  for (const name of ['chromium-headless-shell', 'chromium']) {
    if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], log)) return installed();
  }
  return undefined;
}

async function downloaded() {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return starts(path) ? path : undefined;
}

async function download(log) {
  log("browser: none found; trying Playwright's download of Chromium (about 170 MB) …");
  return run(process.execPath, [playwrightCli, 'install', ...(isRoot() ? ['--with-deps'] : []), 'chromium'], log)
    ? downloaded()
    : undefined;
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
    if (!isExecutable(asked)) throw new Error(`${variable}=${asked} is not an executable file.`);
    log(`browser: ${asked} (from ${variable})`);
    return asked;
  }
  const found = (path, how) => {
    if (path) log(`browser: ${path} (${how})`);
    return path;
  };
  const path =
    found(installed(), 'already installed') ??
    found(await downloaded(), "Playwright's download") ??
    found(installWithApt(log), 'just installed') ??
    found(await download(log), "Playwright's download");
  if (path) return path;
  throw new Error(advice);
}
