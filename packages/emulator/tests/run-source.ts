// For tests that need a process of their own: runs TypeScript that may import this package's sources.
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { build, type BuildOptions } from 'esbuild';

const folder = fileURLToPath(new URL('..', import.meta.url));

async function start(entry: Pick<BuildOptions, 'stdin' | 'entryPoints'>, args: readonly string[]): Promise<ChildProcess> {
  const { outputFiles } = await build({
    ...entry,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['ws'],
    write: false,
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
  const child = spawn(process.execPath, ['--input-type=module', '-', ...args], { cwd: folder });
  // Not as an argument: Linux takes 128 KiB of one at most.
  child.stdin.end(code);
  return child;
}

/** Starts a program whose relative imports begin in the package's folder. */
export const runSource = (contents: string): Promise<ChildProcess> =>
  start({ stdin: { contents, resolveDir: folder, loader: 'ts' } }, []);

/** Starts a file of the package. */
export const runFile = (path: string, args: readonly string[]): Promise<ChildProcess> =>
  start({ entryPoints: [`${folder}${path}`] }, args);

/** What a process printed and how it ended. It is killed when it has not ended by then. */
export async function ended(
  child: ChildProcess,
  withinMs = 15_000,
): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) child[stream]?.on('data', (piece) => (printed[stream] += String(piece)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return { ...printed, code };
}
