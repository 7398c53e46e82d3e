import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';

/** Programs that a measurement needs beside it; all end with it, and so do those that they have started. */
export class ChildProcesses {
  readonly #children: ChildProcess[] = [];

  start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    // `detached`: a process group of its own, which can be ended as one, browsers that hang included.
    const child = spawn(command, args, { stdio: 'ignore', ...options, detached: true });
    child.once('error', () => {}); // whoever waits for it says so
    if (this.#children.length === 0) process.once('exit', this.end);
    this.#children.push(child);
    return child;
  }

  readonly end = (): void => {
    process.off('exit', this.end);
    for (const { pid } of this.#children.splice(0).reverse()) if (pid) endGroup(pid);
  };
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** Tries until `attempt` gives something, for ten seconds. */
export async function eventually<Value>(what: string, attempt: () => Promise<Value | undefined>): Promise<Value> {
  for (let tries = 0; tries < 200; tries++) {
    const value = await attempt().catch(() => undefined);
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not start`);
}

/** A run may hang with its browser; nothing takes longer than this. */
const runLimitMs = 30_000;

export const inTime = <Value>(work: Promise<Value>): Promise<Value> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('the page did not answer')), runLimitMs).unref();
    }),
  ]);
