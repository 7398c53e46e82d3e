// `pnpm test:sound [filter]`: the player's sound tests in Firefox, which starts no audio clock without an output. A private
// PulseAudio daemon with a null sink is that output; it ends with the tests. Needs pulseaudio and Firefox; takes about three
// minutes, so `pnpm test` leaves these tests out of Firefox.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { requireNode, runTool, step, tools } from './steps.mjs';

requireNode(20, 19);
const filters = process.argv.slice(2).filter((argument) => argument !== '--');
const firefox = process.env.SAYSTREAM_FIREFOX ?? '/usr/bin/firefox-esr';
const pulseaudio = '/usr/bin/pulseaudio';
const readyMs = 10_000;

/** Starts the daemon with a folder, a socket and a configuration of its own: no other one on the machine is touched. */
async function startNullSink(folder) {
  const socket = join(folder, 'native');
  const daemon = spawn(
    pulseaudio,
    [
      '-n',
      '--daemonize=no',
      '--use-pid-file=no',
      '--exit-idle-time=-1',
      '--disable-shm=yes',
      '--load=module-null-sink sink_name=saystream rate=48000',
      `--load=module-native-protocol-unix socket=${socket} auth-anonymous=1`,
    ],
    { stdio: 'ignore', env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder } },
  );
  const end = () => void daemon.kill('SIGKILL');
  process.on('exit', end);
  let failure;
  daemon.once('error', (error) => (failure = error));
  daemon.once('exit', (code) => (failure ??= new Error(`pulseaudio ended with code ${code}`)));
  const endsAtMs = Date.now() + readyMs;
  while (!existsSync(socket)) {
    if (failure) throw new Error(`No null sink: ${failure.message}. Install pulseaudio.`);
    if (Date.now() > endsAtMs) {
      end();
      throw new Error(`pulseaudio opened no socket within ${readyMs} ms.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { server: `unix:${socket}`, end };
}

if (!existsSync(firefox)) throw new Error(`There is no Firefox at ${firefox}. Set SAYSTREAM_FIREFOX.`);
const folder = mkdtempSync(join(tmpdir(), 'saystream-sound-'));
const sink = await step('Starting a PulseAudio null sink', () => startNullSink(folder)).catch((error) => {
  rmSync(folder, { recursive: true, force: true });
  throw error;
});
try {
  const env = { ...process.env, SAYSTREAM_FIREFOX: firefox, SAYSTREAM_NULL_SINK: sink.server, PULSE_SERVER: sink.server };
  await step('Sound tests in Firefox', () =>
    runTool(tools.vitest, ['run', '--project', 'firefox', ...filters], { env, limitMs: 1_200_000 }),
  );
} finally {
  sink.end();
  rmSync(folder, { recursive: true, force: true });
}
