import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { basename } from 'node:path';

import { playwright } from '@vitest/browser-playwright';
import type { BrowserProvider, BrowserProviderOption, TestProject } from 'vitest/node';

/** What each WebDriver starts. WebKitGTK's knows its own browser. */
const capabilities: Readonly<Record<string, object>> = {
  WebKitWebDriver: { 'webkitgtk:browserOptions': { args: ['--automation', '--autoplay-policy=allow'] } },
  WPEWebDriver: { 'wpe:browserOptions': { binary: '/usr/bin/cog', args: ['--automation', '--platform=headless'] } },
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** A display without a screen. */
const xvfb = 'Xvfb';

/** Starts a display for WebKitGTK, and resolves with its name, such as `:99`. */
async function startDisplay(children: ChildProcess[]): Promise<string> {
  const display = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  children.push(display);
  return new Promise((resolve, reject) => {
    display.once('error', reject);
    display.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}`)));
    let written = '';
    display.stdio[3]!.on('data', (piece: Buffer) => {
      written += piece.toString();
      if (written.endsWith('\n')) resolve(`:${written.trim()}`);
    });
  });
}

/** Drives WebKit by the W3C's WebDriver protocol, since Playwright drives only a WebKit of its own. */
class WebKitProvider implements BrowserProvider {
  readonly name = 'webkit';
  readonly supportsParallelism = false;
  readonly initScripts: string[] = [];
  readonly #driver: string;
  readonly #children: ChildProcess[] = [];
  #address: Promise<string> | undefined;
  #session: string | undefined;

  constructor(driver: string, project: TestProject) {
    this.#driver = driver;
    // Vitest sets a size before each file; a window has the one it has.
    project.browser!.registerCommand('__vitest_viewport' as never, (async () => {}) as never);
  }

  getCommandsContext(): Record<string, unknown> {
    return {};
  }

  async openPage(_sessionId: string, url: string): Promise<void> {
    this.#address ??= this.#start();
    await this.#endSession();
    const alwaysMatch = capabilities[basename(this.#driver)];
    const { sessionId } = (await this.#send('POST', '', { capabilities: { alwaysMatch } })) as { sessionId: string };
    this.#session = sessionId;
    await this.#send('POST', `/${sessionId}/url`, { url });
  }

  async close(): Promise<void> {
    await this.#endSession();
    for (const child of this.#children.reverse()) child.kill();
  }

  async #endSession(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    // A browser that crashed has no session to end.
    if (session) await this.#send('DELETE', `/${session}`).catch(() => {});
  }

  async #start(): Promise<string> {
    const needsDisplay = basename(this.#driver) === 'WebKitWebDriver' && !process.env['DISPLAY'];
    const display = needsDisplay ? { DISPLAY: await startDisplay(this.#children) } : {};
    const port = await freePort();
    const options = { stdio: 'ignore', env: { ...process.env, ...display } } as const;
    const driver = spawn(this.#driver, [`--port=${port}`], options);
    driver.once('error', () => {}); // it has no exit code then, and no one answers below
    this.#children.push(driver);
    const address = `http://127.0.0.1:${port}`;
    for (let tries = 0; tries < 200 && driver.exitCode === null; tries += 1) {
      if (await fetch(`${address}/status`).catch(() => undefined)) return address;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${this.#driver} did not start`);
  }

  async #send(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${await this.#address}/session${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
    if (value?.error) throw new Error(`${this.#driver}: ${value.error}: ${value.message}`);
    return value;
  }
}

/** A provider for vitest's browser mode. `driver` is the path of a `WebKitWebDriver` or `WPEWebDriver`. */
export const webkit = (driver: string): BrowserProviderOption => ({
  name: 'webkit',
  supportedBrowser: ['webkit'],
  options: {},
  providerFactory: (project) => new WebKitProvider(driver, project),
  // Vitest's own, the same for every provider.
  serverFactory: playwright().serverFactory,
});
