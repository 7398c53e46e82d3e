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

/**
 * Drives a WebKit by the W3C's WebDriver protocol, since Playwright drives only a WebKit of its own. Each run has a driver and a browser
 * of its own, which end with it: one that hangs does not answer the driver either.
 */
export async function openWebDriver(
  url: string,
  { title, driver, needsDisplay, capabilities }: WebDriver,
): Promise<MeasuredBrowser> {
  const display = new ChildProcesses();
  const { PULSE_SERVER: _unseen, ...environment } = process.env;
  const env = needsDisplay ? { ...environment, DISPLAY: await startDisplay(display) } : environment;

  const inSession = async <Value>(work: (address: string, session: Session) => Promise<Value>): Promise<Value> => {
    const processes = new ChildProcesses();
    const open = async (): Promise<Value> => {
      const port = await freePort();
      processes.start(driver, [`--port=${port}`], { env });
      const base = `http://127.0.0.1:${port}`;
      await eventually(driver, () => fetch(`${base}/status`));
      const session = (await send(`${base}/session`, 'POST', { capabilities: { alwaysMatch: capabilities } })) as Session;
      return work(`${base}/session/${session.sessionId}`, session);
    };
    return inTime(open()).finally(processes.end);
  };

  const rig = (request: string): Promise<string> =>
    inSession(async (address) => {
      await send(`${address}/timeouts`, 'POST', { script: scriptLimitMs });
      await send(`${address}/url`, 'POST', { url });
      const script = `const [request, done] = arguments;
        const wait = () => (globalThis.rig ? rig(request).then(done, (error) => done('error: ' + error)) : setTimeout(wait, 50));
        wait();`;
      const result = (await send(`${address}/execute/async`, 'POST', { script, args: [request] })) as string;
      if (result.startsWith('error: ')) throw new Error(result);
      return result;
    });
  const version = await inSession(async (_, session) => session.capabilities.browserVersion ?? '');
  return { title: `${title} ${version}`.trim(), page: { rig }, close: async () => display.end() };
}
