// Finds a Redis or Valkey server for the relay's store tests, or installs one, and says what it does.
// Order: SAYSTREAM_REDIS_SERVER, installed redis-server or valkey-server, Debian's package when root. Without one those
// tests are left out, and the run says so.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const variable = 'SAYSTREAM_REDIS_SERVER';
const names = ['redis-server', 'valkey-server'];

const starts = (path) => existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
const folders = () => [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
const installed = () =>
  folders()
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(starts);
const isRoot = () => process.platform === 'linux' && process.getuid?.() === 0;

const apt = '/usr/bin/apt-get';

function run(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(apt, args, { stdio: ['ignore', 'ignore', 'inherit'], env, timeout: 300_000 }).status === 0;
}

function installWithApt(log) {
  if (!isRoot() || !existsSync(apt)) return undefined;
  log("redis: none found; installing Debian's redis-server (about 5 MB) with apt-get …");
  if (!run(['update', '-qq']) || !run(['install', '-y', '-qq', '--no-install-recommends', 'redis-server'])) return undefined;
  return installed();
}

/** @returns {string | undefined} the executable's path */
export function findRedis({ log = console.log } = {}) {
  const asked = process.env[variable];
  if (asked) {
    if (!starts(asked)) throw new Error(`${variable}=${asked} does not start.`);
    log(`redis: ${asked} (from ${variable})`);
    return asked;
  }
  const path = installed() ?? installWithApt(log);
  log(path ? `redis: ${path}` : `redis: none; the relay's Redis tests are left out (install redis-server, or set ${variable})`);
  return path;
}
