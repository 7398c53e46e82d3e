import { spawn } from 'node:child_process';
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

/**
 * Starts a relay's socket half in a process of its own.
 *
 * @param flags of Node
 */
export async function startRelayProcess(
  settings: { readonly baseUrl: string; readonly limits?: object },
  flags: readonly string[] = [],
) {
  const { outputFiles } = await build({
    entryPoints: [`${folder}tests/relay-process.ts`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@saystream/source'],
    external: ['ws'],
    write: false,
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
  const child = spawn(
    process.execPath,
    ['--expose-gc', ...flags, '--input-type=module', '-e', code, '--', '-', JSON.stringify({ limits: {}, ...settings })],
    { cwd: folder, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const answer = <T>() => new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)));
  const { url, port } = await answer<{ url: string; port: number }>();
  return {
    url,
    port,
    health(): Promise<RelayHealth> {
      const health = answer<RelayHealth>();
      child.send('health');
      return health;
    },
    close: () => void child.kill(),
  };
}
