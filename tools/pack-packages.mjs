// Packs published packages with pnpm, which replaces `workspace:^` by `^0.1.0` and applies `publishConfig`.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { root } from './workspace-packages.mjs';

/** Runs a command to its end. `text` holds all that it printed. */
export function run(command, args, cwd, env = process.env) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8', timeout: 180_000 });
  return { ok: status === 0, stdout, text: [error?.message, stdout, stderr].filter(Boolean).join('\n').trim() };
}

/** Runs the pnpm that runs this script, or the one that package.json pins. */
function runPnpm(args, cwd) {
  const own = process.env.npm_execpath ?? '';
  if (/pnpm(\.c?js)?$/.test(own)) return own.endsWith('js') ? run(process.execPath, [own, ...args], cwd) : run(own, args, cwd);
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return run('npx', ['-y', packageManager, ...args], cwd);
}

/**
 * Packs one package into `destination`.
 *
 * @returns {{ name: string, tarball: string, files: string[] }} `tarball` is an absolute path, `files` are the packed paths
 */
export function packPackage({ folder, manifest }, destination) {
  const packed = runPnpm(['pack', '--json', '--pack-destination', destination], join(root, folder));
  if (!packed.ok) throw new Error(`${manifest.name} cannot be packed:\n${packed.text}`);
  const { filename, files } = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('{')));
  return { name: manifest.name, tarball: join(destination, basename(filename)), files: files.map(({ path }) => path) };
}
