// Reads the fenced code blocks of the pages that users copy from, and says what the check does with each.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { allPackages, root } from '../workspace-packages.mjs';
import { compileOnly } from './compile-only.mjs';

const scripts = ['ts', 'tsx', 'js'];
const browserCode = /from '(saystream(\/[a-z-]+)?|@saystream\/player(\/recorder)?)'|\bdocument\./;
const listens = /\.listen\(/;

/**
 * What the check does with a block, by the first rule that matches.
 * `page`: it speaks in Chromium (e2e/readme-samples.spec.ts). `node`: it runs against the emulator. `server`: it runs, and a
 * client speaks through it. `compile`: it is compiled only. `command`, `json`: its commands or its JSON are checked. `text`: it is
 * not checked.
 */
const rules = [
  ['json', ({ language }) => language === 'json'],
  ['command', ({ language }) => language === 'sh'],
  ['text', ({ language }) => !scripts.includes(language) && language !== 'html'],
  ['compile', ({ id }) => id in compileOnly],
  ['page', ({ language, text, file }) => language === 'html' || file || browserCode.test(text)],
  ['server', ({ text }) => listens.test(text)],
  ['node', () => true],
];

/**
 * Reads the blocks of one page. A block has a file name when the line before it is that name in bold: `**server.mjs**`.
 *
 * @param {string} page its path from the root
 * @param {string} markdown
 * @returns {import('./read-samples.d.mts').Sample[]}
 */
export function samplesIn(page, markdown) {
  const samples = [];
  const counts = new Map();
  let heading = '';
  let open;
  let previous = '';
  markdown.split('\n').forEach((line, index) => {
    if (open) {
      if (line.trim() === '```') {
        const text = `${open.lines.join('\n')}\n`;
        samples.push({ ...open.facts, text, use: rules.find(([, holds]) => holds({ ...open.facts, text }))[0] });
        open = undefined;
      } else open.lines.push(line);
      return;
    }
    const language = /^```(\w+)/.exec(line)?.[1];
    if (language) {
      const section = `${page}#${heading}`;
      counts.set(section, (counts.get(section) ?? 0) + 1);
      const file = /^\*\*([\w.-]+)\*\*$/.exec(previous)?.[1];
      const id = counts.get(section) > 1 ? `${section} (${counts.get(section)})` : section;
      open = { lines: [], facts: { page, heading, line: index + 1, language, id, ...(file && { file }) } };
    }
    heading = /^#+ (.+)$/.exec(line)?.[1] ?? heading;
    if (line.trim()) previous = line.trim();
  });
  if (open) throw new Error(`${page}:${open.facts.line}: the code block has no end.`);
  return samples;
}

/** @returns {import('./read-samples.d.mts').Sample[]} the blocks of the README, of each package's README and of the pages in docs */
export function readSamples() {
  const readmes = allPackages()
    .map(({ folder }) => `${folder}/README.md`)
    .filter((page) => existsSync(join(root, page)));
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const pages = ['README.md', ...readmes, ...docs.map((name) => `docs/${name}`)];
  return pages.flatMap((page) => samplesIn(page, readFileSync(join(root, page), 'utf8')));
}
