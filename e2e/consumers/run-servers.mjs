// Runs the servers of an app that has its own: the framework's production server, and `saystream-relay` beside it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { cleanEnvironment } from './build-app.mjs';

const startLimitMs = 60_000;

/** A port of loopback that is free now. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a command of the app in its own process group, and waits until it answers at `url`. */
async function start(folder, [command, ...args], env, url) {
  const options = { cwd: folder, env: { ...cleanEnvironment(), ...env }, detached: true };
  const child = spawn(join(folder, 'node_modules/.bin', command), args, options);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (printed += piece));
  const ended = once(child, 'close');
  const kill = (signal) => child.pid && child.exitCode === null && process.kill(-child.pid, signal);
  const stop = async () => {
    kill('SIGTERM');
    const timer = setTimeout(kill, 3_000, 'SIGKILL');
    await ended;
    clearTimeout(timer);
  };
  for (const startedAtMs = performance.now(); ;) {
    const answers = await fetch(url, { signal: AbortSignal.timeout(startLimitMs) }).then(
      async (response) => {
        await response.body?.cancel();
        return response.ok;
      },
      () => false,
    );
    if (answers) return { stop, printed: () => printed };
    if (child.exitCode !== null || performance.now() - startedAtMs > startLimitMs) {
      await stop();
      throw new Error(`${command} did not start:\n${printed.trim().slice(-4_000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The addresses of an app's servers. They are chosen before the build, because Next.js keeps its rewrites from then. */
export async function chooseAddresses() {
  const [page, relay] = [await freePort(), await freePort()];
  return { page: `http://127.0.0.1:${page}`, relay: `http://127.0.0.1:${relay}` };
}

/** Starts both servers. @returns {Promise<{ close(): Promise<void> }>} */
export async function startServers(app, folder, emulator, { page, relay }) {
  const keys = {
    AUDIXA_API_KEY: emulator.audixa.apiKey,
    AUDIXA_BASE_URL: emulator.audixa.baseUrl,
    SAUTI_API_KEY: emulator.sauti.apiKey,
    SAUTI_BASE_URL: emulator.sauti.baseUrl,
  };
  const portOf = (url) => ({ PORT: new URL(url).port });
  const forRelay = { ...keys, ...portOf(relay), RELAY_ORIGINS: page, RELAY_ALLOW_ANYONE: '1' };
  const beside = await start(folder, ['saystream-relay'], forRelay, `${relay}/healthz`);
  const server = await start(folder, app.server, { ...keys, ...portOf(page), PAGE_ORIGIN: page }, page).catch(async (error) => {
    await beside.stop();
    throw error;
  });
  return { close: () => Promise.all([server.stop(), beside.stop()]), printed: server.printed };
}
