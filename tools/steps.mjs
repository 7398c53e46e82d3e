// How the commands of this workspace talk: each step says what it does, how it went, and how long it took.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const seconds = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/** Ends the program with one sentence instead of a syntax error from somewhere deep. */
export function requireNode(major, minor) {
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  console.error(`This needs Node ${major}.${minor} or newer, and this is Node ${process.versions.node}: https://nodejs.org/`);
  process.exit(1);
}

/** Says `title`, does `work`, says how long it took. What `work` throws is passed on. */
export async function step(title, work) {
  const start = performance.now();
  console.log(`\n▶ ${title}`);
  try {
    const result = await work();
    console.log(`✔ ${title} (${seconds(start)})`);
    return result;
  } catch (error) {
    console.log(`✘ ${title} (${seconds(start)})`);
    throw error;
  }
}

/** The process groups of commands that still run: they end with this program, whatever ends it. */
const running = new Set();
const killGroup = (child, signal) => {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // it ended by itself
  }
};
process.on('exit', () => running.forEach((child) => killGroup(child, 'SIGKILL')));
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const onSignal = () => process.exit(1);
const began = (child) => {
  if (running.size === 0) signals.forEach((signal) => process.on(signal, onSignal));
  running.add(child);
};
const ended = (child) => {
  running.delete(child);
  // What runs next in this process, such as the demo's server, ends in its own way.
  if (running.size === 0) signals.forEach((signal) => process.off(signal, onSignal));
};

/**
 * Runs a package's command (`rollup`, `vitest run`, …) with this Node from the workspace's root, its output shown as it comes.
 * After `limitMs` the command and all that it started are ended.
 *
 * @returns {Promise<void>} rejects with a sentence when the command fails
 */
export function runTool(script, args = [], { env = process.env, limitMs = 900_000 } = {}) {
  return new Promise((resolve, reject) => {
    // Colours are for people: a log keeps the bare text.
    const plain = process.stdout.isTTY || env.FORCE_COLOR ? {} : { NO_COLOR: '1' };
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: { ...env, ...plain },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    began(child);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      killGroup(child, 'SIGKILL');
    }, limitMs);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      ended(child);
      killGroup(child, 'SIGKILL');
      if (code === 0) resolve();
      else
        reject(
          new Error(`${script} ${late ? `took longer than ${limitMs / 1000} s` : `ended with ${signal ?? `code ${code}`}`}`),
        );
    });
  });
}

/** Where the commands are; run as files, they need no `pnpm` on the path. */
export const tools = {
  rollup: 'node_modules/rollup/dist/bin/rollup',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
  types: 'tools/build-types.mjs',
};
