// The command in a process of its own, from its sources.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const folder = fileURLToPath(new URL('..', import.meta.url));
let built: Promise<string> | undefined;

/** The built command as one file, made once. It lies where its imports are found, and is too long for an argument. */
async function buildCommand(): Promise<string> {
  const outfile = `${folder}node_modules/.command-under-test/${process.pid}.mjs`;
  await build({
    entryPoints: [`${folder}src/cli.ts`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@saystream/source'],
    external: ['ws', 'redis', 'jose', 'valibot'],
    outfile,
    logLevel: 'silent',
  });
  process.once('exit', () => rmSync(outfile, { force: true }));
  return outfile;
}

/** A running command, and what it has said so far. */
export interface RunningCommand {
  readonly child: ChildProcess;
  readonly out: { text: string };
  readonly err: { text: string };
  /** Its lines of JSON. */
  lines(): Record<string, unknown>[];
  /** Where it listens. */
  url(): Promise<string>;
  readonly ended: Promise<number | null>;
}

/** @param environment all that the command sees, but for PATH */
export async function runCommand(environment: Record<string, string>, ...args: string[]): Promise<RunningCommand> {
  const file = await (built ??= buildCommand());
  const child = spawn(process.execPath, [file, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment },
  });
  const out = { text: '' };
  const err = { text: '' };
  child.stdout.on('data', (piece) => (out.text += String(piece)));
  child.stderr.on('data', (piece) => (err.text += String(piece)));
  const ended = once(child, 'close').then(([status]) => status as number | null);
  const lines = (): Record<string, unknown>[] =>
    out.text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    child,
    out,
    err,
    lines,
    ended,
    async url() {
      const isOver = ended.then(() => true);
      for (;;) {
        const said = out.text.includes('"listening"') ? lines().find(({ type }) => type === 'listening') : undefined;
        if (said) return `http://127.0.0.1:${String(said['port'])}`;
        if (await Promise.race([isOver, new Promise((resolve) => setTimeout(resolve, 20, false))])) throw new Error(err.text);
      }
    },
  };
}
