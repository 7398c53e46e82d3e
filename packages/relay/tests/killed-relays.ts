import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import type { StoreRelaySettings } from './store-relay-process.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A relay that can be killed, and stands up again at another address. */
export interface KillableRelay {
  url(): string;
  /** SIGKILL, then a new process. */
  kill(): Promise<void>;
  close(): void;
}

/** Makes relays of one bundle, so that a new one stands up quickly. */
export async function createRelays(settings: StoreRelaySettings, count: number): Promise<readonly KillableRelay[]> {
  const { outputFiles } = await build({
    entryPoints: [`${folder}tests/store-relay-process.ts`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@saystream/source'],
    external: ['ws', 'redis', 'jose', 'valibot'],
    // It becomes an argument, and those have 128 KiB.
    minify: true,
    write: false,
    logLevel: 'silent',
  });
  const args = ['--input-type=module', '-e', outputFiles[0]!.text, '--', '-', JSON.stringify(settings)];
  const start = async (): Promise<{ child: ChildProcess; url: string }> => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const [message] = (await once(child, 'message')) as [{ url: string }];
    return { child, url: message.url };
  };
  const make = async (): Promise<KillableRelay> => {
    let now = await start();
    return {
      url: () => now.url,
      async kill() {
        const dead = once(now.child, 'exit');
        now.child.kill('SIGKILL');
        await dead;
        now = await start();
      },
      close: () => void now.child.kill('SIGKILL'),
    };
  };
  return Promise.all(Array.from({ length: count }, make));
}

/** A vendor that serves one at a time, and counts how many it is asked to. */
export async function startCountingVendor(workMs: () => number) {
  const texts: string[] = [];
  const counts = { inFlight: 0, mostInFlight: 0, answered: 0, broken: 0 };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += String(piece);
    texts.push((JSON.parse(body) as { text: string }).text);
    counts.inFlight += 1;
    counts.mostInFlight = Math.max(counts.mostInFlight, counts.inFlight);
    let isOver = false;
    const over = (how: 'answered' | 'broken') => {
      if (isOver) return;
      isOver = true;
      counts.inFlight -= 1;
      counts[how] += 1;
    };
    response.on('close', () => over('broken'));
    await pass(workMs());
    over('answered');
    response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('sound');
  });
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    texts,
    counts,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A page's request, or undefined when the relay was killed. */
export async function askRelay(url: string, path: string, init: RequestInit & { headers?: Record<string, string> } = {}) {
  try {
    const headers = { origin: 'https://app.example', 'content-type': 'application/json', ...init.headers };
    const response = await fetch(`${url}/${path}`, { ...init, headers });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}

/** A token for a user, from a relay that is alive. */
export async function mintAt(url: string, user: string, vendor = 'moknah'): Promise<string | undefined> {
  const answer = await askRelay(url, 'token', { method: 'POST', body: JSON.stringify({ vendor }), headers: { 'x-user': user } });
  return answer?.status === 200 ? (JSON.parse(answer.text) as { token: string }).token : undefined;
}

/** Says a text by Moknah. */
export const sayAt = (url: string, token: string, text: string) =>
  askRelay(url, 'moknah/api/v1/tts/generate/', {
    method: 'POST',
    body: JSON.stringify({ text, voice_id: 7 }),
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() },
  });
