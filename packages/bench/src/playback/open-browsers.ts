import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { RigPage } from '@saystream/e2e/playback-rig/run-delivery';
import { chromium, firefox, type Browser, type LaunchOptions } from 'playwright';

import { ChildProcesses, eventually, inTime } from './child-processes.ts';
import { openWebDriver } from './webdriver-page.ts';

/** A browser that shows the rig's page. */
export interface MeasuredBrowser {
  /** With its version. */
  readonly title: string;
  readonly page: RigPage;
  close(): Promise<void>;
}

/** Opens one engine on the rig's page. */
export type OpenBrowser = (url: string) => Promise<MeasuredBrowser>;

/** The sound server of Firefox must not be seen by Chromium, whose clock then stalls when it is headless. */
const { PULSE_SERVER: _unseen, ...environment } = process.env as Record<string, string>;

async function withPlaywright(
  title: string,
  url: string,
  launch: () => Promise<Browser>,
  onClose: () => unknown,
): Promise<MeasuredBrowser> {
  const first = await launch();
  const version = first.version();
  await first.close();
  const runIn = async (browser: Browser, request: string): Promise<string> => {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction('globalThis.rig');
    return page.evaluate(`rig(${JSON.stringify(request)})`);
  };
  return {
    title: `${title} ${version}`,
    page: {
      rig: async (request) => {
        const browser = await launch();
        return inTime(runIn(browser, request)).finally(() => browser.close());
      },
    },
    close: async () => void (await onClose()),
  };
}

const openChromium: OpenBrowser = async (url) => {
  const executablePath = process.env['SAYSTREAM_CHROMIUM'];
  const options: LaunchOptions = { args: ['--autoplay-policy=no-user-gesture-required'], env: environment };
  const launch = (): Promise<Browser> => chromium.launch({ ...options, ...(executablePath && { executablePath }) });
  return withPlaywright('Chromium', url, launch, () => {});
};

/** Firefox renders nothing without a sound card or server: PulseAudio with a sink that goes nowhere, for it alone. */
const openFirefox: OpenBrowser = async (url) => {
  const children = new ChildProcesses();
  const folder = await mkdtemp(join(tmpdir(), 'saystream-sound-'));
  const socket = join(folder, 'sound.sock');
  const modules = ['module-null-sink', `module-native-protocol-unix socket=${socket} auth-anonymous=1`];
  children.start(
    'pulseaudio',
    ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', ...modules.map((module) => `--load=${module}`)],
    { env: { ...environment, XDG_RUNTIME_DIR: folder } },
  );
  await eventually('pulseaudio', async () => (await access(socket), true));
  const options: LaunchOptions = {
    executablePath: process.env['SAYSTREAM_FIREFOX'] ?? '/usr/bin/firefox-esr',
    // Stock Firefox speaks WebDriver BiDi, which Playwright drives through this channel.
    channel: 'moz-firefox',
    env: { ...environment, PULSE_SERVER: `unix:${socket}` },
    firefoxUserPrefs: { 'media.autoplay.default': 0, 'media.autoplay.blocking_policy': 0 },
  };
  return withPlaywright(
    'Firefox',
    url,
    () => firefox.launch(options),
    async () => {
      children.end();
      await rm(folder, { recursive: true, force: true });
    },
  );
};

const openWebKitGtk: OpenBrowser = (url) =>
  openWebDriver(url, {
    title: 'WebKitGTK',
    driver: 'WebKitWebDriver',
    needsDisplay: true,
    capabilities: { 'webkitgtk:browserOptions': { args: ['--automation', '--autoplay-policy=allow'] } },
  });

const openWpe: OpenBrowser = (url) =>
  openWebDriver(url, {
    title: 'WPE WebKit',
    driver: 'WPEWebDriver',
    needsDisplay: false,
    capabilities: { 'wpe:browserOptions': { binary: '/usr/bin/cog', args: ['--automation', '--platform=headless'] } },
  });

export const browsers: Readonly<Record<string, OpenBrowser>> = {
  chromium: openChromium,
  firefox: openFirefox,
  webkitgtk: openWebKitGtk,
  wpe: openWpe,
};
