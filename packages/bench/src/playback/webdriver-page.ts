import { ChildProcesses, eventually, freePort, inTime } from './child-processes.ts';
import type { MeasuredBrowser } from './open-browsers.ts';

/** A WebDriver and the browser that it starts. */
export interface WebDriver {
  readonly title: string;
  readonly driver: string;
  readonly needsDisplay: boolean;
  readonly capabilities: object;
}

interface Session {
  readonly sessionId: string;
  readonly capabilities: { readonly browserVersion?: string };
}

const scriptLimitMs = 60_000;

/** Xvfb chooses a display that is free and says which. */
function startDisplay(children: ChildProcesses): Promise<string> {
  const args = ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'];
  const display = children.start('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    display.once('error', reject);
    let written = '';
    display.stdio[3]?.on('data', (piece: Buffer) => {
      written += piece.toString();
      if (written.endsWith('\n')) resolve(`:${written.trim()}`);
    });
  });
}

async function send(address: string, method: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(address, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
  if (value?.error) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** Drives a WebKit by the W3C's WebDriver protocol, since Playwright drives only a WebKit of its own. A session per run. */
export async function openWebDriver(
  url: string,
  { title, driver, needsDisplay, capabilities }: WebDriver,
): Promise<MeasuredBrowser> {
  const children = new ChildProcesses();
  const { PULSE_SERVER: _unseen, ...environment } = process.env;
  const env = needsDisplay ? { ...environment, DISPLAY: await startDisplay(children) } : environment;
  const port = await freePort();
  children.start(driver, [`--port=${port}`], { env });
  const base = `http://127.0.0.1:${port}`;
  await eventually(driver, () => fetch(`${base}/status`));
  const open = async (): Promise<Session> =>
    (await send(`${base}/session`, 'POST', { capabilities: { alwaysMatch: capabilities } })) as Session;
  const first = await open();
  await send(`${base}/session/${first.sessionId}`, 'DELETE');
  const rig = async (request: string): Promise<string> => {
    const address = `${base}/session/${(await open()).sessionId}`;
    try {
      await send(`${address}/timeouts`, 'POST', { script: scriptLimitMs });
      await send(`${address}/url`, 'POST', { url });
      const script = `const [request, done] = arguments;
        const wait = () => (globalThis.rig ? rig(request).then(done, (error) => done('error: ' + error)) : setTimeout(wait, 50));
        wait();`;
      const result = (await inTime(send(`${address}/execute/async`, 'POST', { script, args: [request] }))) as string;
      if (result.startsWith('error: ')) throw new Error(result);
      return result;
    } finally {
      await send(address, 'DELETE').catch(() => {}); // a browser that crashed has no session to end
    }
  };
  return {
    title: `${title} ${first.capabilities.browserVersion ?? ''}`.trim(),
    page: { rig },
    close: async () => children.end(),
  };
}
