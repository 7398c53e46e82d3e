// Copies an example out of the workspace, installs the tarballs into it with npm, and builds it.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { root } from '../../tools/workspace-packages.mjs';

const limitMs = 240_000;
const quiet = { CI: '1', NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
const notCopied = new Set(['node_modules', 'dist', '.next', 'package-lock.json']);

/** The environment without what npm and pnpm say to their scripts, which would change what an inner npm does. */
export const cleanEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|pnpm_|NODE_OPTIONS$|NODE_ENV$)/i.test(name)));

/**
 * Runs a command in its own process group, which ends with it.
 *
 * @returns {Promise<string>} all that it printed. Rejects with the same text when the command fails
 */
export function runCommand(command, args, cwd, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...cleanEnvironment(), ...quiet, ...env }, detached: true });
    const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), limitMs);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (text += piece));
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(text);
      else
        reject(new Error(`${command} ${args.map((arg) => basename(arg)).join(' ')}: code ${code}\n${text.trim().slice(-4_000)}`));
    });
  });
}

/** Copies and installs an app. @returns {Promise<string>} its folder */
export async function installApp(app, temporary, tarballs) {
  const folder = join(temporary, app.name);
  const example = join(root, 'examples', app.folder);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(example))
    if (!notCopied.has(name)) cpSync(join(example, name), join(folder, name), { recursive: true });
  const file = join(folder, 'package.json');
  const manifest = readManifest(folder);
  for (const group of ['dependencies', 'devDependencies'])
    for (const name of Object.keys(manifest[group] ?? {})) manifest[group][name] = app.versions?.[name] ?? manifest[group][name];
  writeFileSync(file, JSON.stringify(manifest, null, 2));
  const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  await runCommand('npm', ['install', ...flags, ...tarballs.map(({ tarball }) => tarball)], folder);
  return folder;
}

/** Reads a manifest; a folder without one has an empty one. */
function readManifest(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return { private: true };
  }
}

export const versionOf = (folder, tool) => readManifest(join(folder, 'node_modules', tool)).version;

const nodeModules = 'assert|buffer|crypto|dns|events|fs|http|https|net|os|path|stream|tls|url|util|zlib';
const otherVendors = [
  ['the vendor SAUTI', /sauti/i],
  ['the vendor Moknah', /moknah/i],
];
/** Words of Node built-ins: a bundle for pages must not contain them. */
const nodeParts = [
  ['a module of Node', new RegExp(`(from|require\\(|import\\()\\s*["'\`](node:\\w+|${nodeModules})["'\`]`)],
  ['a stand-in for a module of Node', /__vite-browser-external|Module "[\w:]+" has been externalized/],
  ["Node's WebSocket server", /Sec-WebSocket-Key/],
];

/** Comments, as far as no string holds one: tools that do not minify keep them. */
const comments = /\/\*.*?\*\/|(?<=^|\s)\/\/ .*?$/gms;

/** Searches the scripts of a bundle. Unless `anyVendor`, the app imports Audixa alone. @returns {string[]} what is wrong */
export function searchBundle(folder, anyVendor = false) {
  const unwanted = anyVendor ? nodeParts : [...otherVendors, ...nodeParts];
  const scripts = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => /\.m?js$/.test(path) && !/(^|\/)(node_modules|src)\//.test(path));
  if (scripts.length === 0) return [`${folder} holds no script.`];
  return scripts.flatMap((path) => {
    const text = readFileSync(join(folder, path), 'utf8').replaceAll(comments, '');
    return unwanted.flatMap(([what, pattern]) =>
      pattern.test(text) ? [`${path} holds ${what}: ${excerpt(text, pattern)}`] : [],
    );
  });
}

const excerpt = (text, pattern) => {
  const at = text.search(pattern);
  return text.slice(Math.max(0, at - 40), at + 40).replaceAll(/\s+/g, ' ');
};
