import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** What a relay's process says of itself, after a collection. */
export interface RelayHealth {
  readonly rss: number;
  /** Bytes in use, on the heap and outside it. */
  readonly held: number;
  /** Exceptions and rejections that nobody caught. */
  readonly faults: number;
  readonly sockets: number;
  /** How long connections were there that are gone, in milliseconds awake, the three longest, the longest first. */
  readonly longestLives: readonly number[];
  /** How long anything waits for the process, in milliseconds awake, 99 times in 100. */
  readonly longTurnMs: number;
  /** Places taken among the streams. */
  readonly places: number;
}

type Settings = { readonly baseUrl: string; readonly limits?: object };

/** What a relay's HTTP half says of itself, after a collection. */
export interface HttpRelayHealth extends Pick<RelayHealth, 'rss' | 'held' | 'faults'> {
  /** The largest so far. */
  readonly mostRss: number;
  /** Timers that keep the process alive. */
  readonly timers: number;
}

/**
 * Starts a relay's socket half in a process of its own.
 *
 * @param flags of Node
 */
export const startRelayProcess = (settings: Settings, flags: readonly string[] = []) =>
  startProcess<RelayHealth>('relay-process.ts', settings, flags);

/** Starts a relay's HTTP half in a process of its own. */
export const startHttpRelayProcess = (settings: Settings) => startProcess<HttpRelayHealth>('http-relay-process.ts', settings, []);

async function startProcess<Health>(entry: string, settings: Settings, flags: readonly string[]) {
  // A file where its imports are found: the code may be too long for an argument.
  const outfile = `${folder}node_modules/.relay-under-test/${process.pid}-${entry.replace(/ts$/, 'mjs')}`;
  await build({
    entryPoints: [`${folder}tests/${entry}`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@saystream/source'],
    external: ['ws', 'jose', 'valibot'],
    outfile,
    logLevel: 'silent',
  });
  process.once('exit', () => rmSync(outfile, { force: true }));
  const child = spawn(process.execPath, ['--expose-gc', ...flags, outfile, JSON.stringify({ limits: {}, ...settings })], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = <T>() => new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)));
  const { url, port } = await answer<{ url: string; port: number }>();
  return {
    url,
    port,
    health(): Promise<Health> {
      const health = answer<Health>();
      child.send('health');
      return health;
    },
    close: () => void child.kill(),
  };
}
