// Checks what a shell block asks the reader to type: the commands exist, and nothing is installed that is not published.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { allPackages, publishedPackages, root } from '../workspace-packages.mjs';

const { scripts, packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const ours = publishedPackages().map(({ manifest }) => manifest.name);
/** What pnpm does itself. */
const pnpmCommands = new Set(['install', 'exec', 'run', 'add']);

/** The words of a line without its comment. */
const wordsOf = (line) =>
  line
    .replace(/(^|\s)#.*$/, '')
    .split(/\s+/)
    .filter(Boolean);
const nameOf = (word) => word.replace(/(?<=.)@[^/]*$/, '');

/** Each rule returns what is wrong with the words of one line. */
const rules = [
  function installsWhatIsPublished(words) {
    const asked = /\b(npm (install|i|add)|npx (-y )?-p|(pnpm|yarn|bun) add)\b/.test(words.join(' ')) ? words.map(nameOf) : [];
    return asked.filter((name) => ours.includes(name)).map((name) => `${name} is not on npm: install its tarball`);
  },
  function pinsThisPnpm(words) {
    const pinned = words.filter((word) => word.startsWith('pnpm@') && word !== packageManager);
    return pinned.map((word) => `${word} is not ${packageManager}`);
  },
  function runsKnownScripts(words) {
    const at = words.findIndex((word) => /^pnpm(@|$)/.test(word));
    if (at < 0) return [];
    const [first, second, third] = words.slice(at + 1);
    if (first !== '--filter') return first in scripts || pnpmCommands.has(first) ? [] : [`package.json has no script ${first}`];
    const target = allPackages().find(({ manifest }) => manifest.name === second);
    return target?.manifest.scripts?.[third] ? [] : [`${second} has no script ${third}`];
  },
];

/** @returns {string[]} what is wrong, with page and line */
export function checkCommands({ page, line, text }) {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
  const syntax = status === 0 ? [] : [`${page}:${line} ${stderr.trim()}`];
  const found = text
    .split('\n')
    .flatMap((each, index) =>
      rules.flatMap((rule) => rule(wordsOf(each)).map((problem) => `${page}:${line + index + 1} ${problem}`)),
    );
  return [...syntax, ...found];
}
