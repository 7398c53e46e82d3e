// Runs samples in Node. The vendors are the emulator; the text of a sample is not changed.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { fileOf, toJavaScript } from './compile-samples.mjs';

const preload = new URL('emulated-vendors.mjs', import.meta.url).href;
const limitMs = 30_000;

/**
 * Starts a file with this Node.
 *
 * @returns {{ exited: Promise<string | undefined>, listening: Promise<number>, printed(): string, stop(): void }}
 *   `exited` resolves with what went wrong, `listening` with the port that the file listens on
 */
export function startSample(file, emulator) {
  const child = fork(file, {
    cwd: dirname(file),
    execArgv: ['--import', preload],
    env: {
      ...process.env,
      SAMPLE_EMULATOR: emulator.url,
      AUDIXA_API_KEY: emulator.audixa.apiKey,
      SAUTI_API_KEY: emulator.sauti.apiKey,
      MOKNAH_API_KEY: emulator.moknah.apiKey,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (printed += piece));
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const closed = once(child, 'close').then(([code, signal]) => {
    clearTimeout(timer);
    if (code === 0) return undefined;
    return `ended with ${signal ?? `code ${code}`}: ${printed.trim().slice(-2_000)}`;
  });
  const listening = Promise.race([
    once(child, 'message').then(([{ port }]) => port),
    closed.then((problem) => Promise.reject(new Error(problem ?? 'ended without listening'))),
  ]);
  // A sample that does not listen is not an error of its own.
  listening.catch(() => {});
  return { exited: closed, listening, printed: () => printed, stop: () => child.kill('SIGKILL') };
}

/** Writes a sample as a file that Node can run. @returns {string} its path */
export function writeSample(project, sample) {
  const file = fileOf(project, sample).replace(/\.mts$/, '.run.mjs');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, toJavaScript(sample));
  return file;
}

/** What a sample says that it prints: `// prints completed yes`. */
const promisedLines = ({ text }) => [...text.matchAll(/\/\/ prints (.+)$/gm)].map(([, line]) => line);

/**
 * Runs a sample to its end. It must end with code 0, print what it says, and reach the emulator if it takes a key.
 *
 * @returns {Promise<string | undefined>} what went wrong
 */
export async function runNodeSample(project, sample, emulator) {
  const before = emulator.ledger.length;
  const { exited, printed } = startSample(writeSample(project, sample), emulator);
  const problem = await exited;
  if (problem) return problem;
  const lines = printed().split('\n');
  const missing = promisedLines(sample).find((line) => !lines.includes(line));
  if (missing) return `does not print ${missing}, but: ${printed()}`;
  const speaks = /_API_KEY/.test(sample.text);
  return speaks && emulator.ledger.length === before ? 'does not speak' : undefined;
}
