// Starts the examples of examples/relay as their readers would: the built relay, in Node, Bun, Deno and workerd.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'examples/relay');

/** Where a page of the examples lies. */
export const pageOrigin = 'https://app.example';

if (!existsSync(join(root, 'packages/relay/dist/node/index.js'))) {
  throw new Error('The examples use the built relay: run `pnpm build` first.');
}

export interface RunningExample {
  readonly url: string;
  stop(): Promise<void>;
}

/** The program in the platform's own package, which bun, deno and workerd leave to their install scripts to copy. */
function programOf(name: 'bun' | 'deno' | 'workerd'): string {
  const manifest = realpathSync(join(folder, 'node_modules', name, 'package.json'));
  const { optionalDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as { optionalDependencies: object };
  for (const platform of Object.keys(optionalDependencies)) {
    const at = join(dirname(manifest), '..', platform);
    const file = join(at, name === 'deno' ? 'deno' : `bin/${name}`);
    if (existsSync(file)) return file;
  }
  throw new Error(`There is no ${name} for this platform.`);
}

/** How an example is run: `runtime file`. */
export function runExample(runtime: 'node' | 'bun' | 'deno', file: string, env: NodeJS.ProcessEnv): Promise<RunningExample> {
  const [program, args] = {
    node: () => [process.execPath, [file]] as const,
    bun: () => [programOf('bun'), [file]] as const,
    deno: () => [programOf('deno'), ['run', '-A', '--no-lock', file]] as const,
  }[runtime]();
  const state = mkdtempSync(join(tmpdir(), 'relay-example-'));
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: state, DENO_DIR: state, DENO_NO_UPDATE_CHECK: '1', PORT: '0', ...env },
  });
  return started(child, state);
}

/** A Worker in Cloudflare's own runtime, bundled as its tools do it. */
export async function runWorker(file: string, env: Readonly<Record<string, string>>): Promise<RunningExample> {
  const state = mkdtempSync(join(tmpdir(), 'relay-worker-'));
  const port = await freePort();
  await build({
    entryPoints: [join(folder, file)],
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    outfile: join(state, 'worker.js'),
    logLevel: 'silent',
  });
  const bindings = Object.entries(env).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`);
  writeFileSync(
    join(state, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed "worker.js")],
      compatibilityDate = "2026-11-01",
      bindings = [${bindings.join(', ')}]
    )),
    (name = "internet", network = (allow = ["public", "private", "local"]))
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);`,
  );
  const child = spawn(programOf('workerd'), ['serve', '--verbose', join(state, 'config.capnp')], { cwd: state });
  const running = await started(child, state, `http://127.0.0.1:${port}`);
  return running;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until it says where it listens, or until it answers there. */
async function started(child: ChildProcess, state: string, known?: string): Promise<RunningExample> {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => (said += String(piece)));
  let isOver = false;
  const ended = once(child, 'close').then(() => {
    isOver = true;
    rmSync(state, { recursive: true, force: true });
  });
  const stop = async (): Promise<void> => {
    child.kill();
    const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(timer);
  };
  for (;;) {
    const url = known ?? /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    if (
      url &&
      (await fetch(url).then(
        () => true,
        () => false,
      ))
    )
      return { url, stop };
    if (isOver) throw new Error(`The example ended: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
