// Pages that name a file must name one that exists: every `path` and `package` in backticks in ARCHITECTURE.md, README.md,
// CONTRIBUTING.md, docs/ and the packages' own READMEs.
//
// What counts as a path: text in backticks, without blanks, that
//   - starts with a top-level folder of this repository (`packages/core/src/…`, `tools/test.mjs`), or
//   - is a bare file name with one of our endings (`pcm-ring-buffer.ts`), which must exist somewhere.
// `*` and `**` match anything. What a reader has to fill in is not checked: anything with `<`, `{`, `…` or `...`, and `x.test.ts`.
// dist/ and other ignored files are made by the build and are not checked. Fenced code blocks are not read.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { allPackages, root } from './workspace-packages.mjs';

const fileName = /^[\w.-]+\.(ts|mjs|js|json|md|html|css|yaml|yml)$/;
const isPlaceholder = (text) => /[<{…]|\.\.\.|(^|\/)x[.-]/.test(text);
const isMade = (path) => /(^|\/)(dist|node_modules|test-results|\.types)(\/|$)/.test(path);

const toPattern = (path) =>
  new RegExp(
    `^${path.replace(/[.+^$()|[\]\\]/g, '\\$&').replace(/\*\*\/?|\*/g, (stars) => (stars === '*' ? '[^/]*' : '.*'))}/?$`,
  );

/**
 * @param {string} markdown
 * @param {{ files: string[], packages: string[] }} tree `files` are relative to the root, with forward slashes
 * @returns {string[]} what is named and does not exist
 */
export function missingIn(markdown, { files, packages }) {
  const paths = new Set(files.flatMap((file) => file.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))));
  const names = new Set(files.map((file) => basename(file)));
  const top = new Set([...paths].filter((path) => !path.includes('/')));
  const exists = (path) =>
    path.includes('*') ? [...paths].some((each) => toPattern(path).test(each)) : paths.has(path.replace(/\/$/, ''));

  const isMissing = (text) => {
    if (/\s/.test(text) || isPlaceholder(text) || isMade(text)) return false;
    if (/^@saystream\/[\w-]+$/.test(text)) return !packages.includes(text);
    if (text.includes('/')) return top.has(text.split('/')[0]) && !exists(text.replace(/[:#].*$/, ''));
    return fileName.test(text) && !names.has(text) && !paths.has(text);
  };
  const prose = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  const quoted = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text);
  return [...new Set(quoted.filter(isMissing))];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  const files = listed.stdout.split('\n').filter((file) => file && existsSync(join(root, file)));
  const packages = allPackages().map(({ manifest }) => manifest.name);
  const pages = files.filter((file) =>
    /^(ARCHITECTURE|README|CONTRIBUTING|SECURITY)\.md$|^docs\/.*\.md$|^packages\/[^/]+\/README\.md$/.test(file),
  );
  let count = 0;
  for (const required of ['ARCHITECTURE.md', 'README.md']) {
    if (pages.includes(required)) continue;
    console.log(`${required} does not exist`);
    count += 1;
  }
  for (const page of pages) {
    for (const text of missingIn(readFileSync(join(root, page), 'utf8'), { files, packages })) {
      console.log(`${page} names \`${text}\`, which does not exist`);
      count += 1;
    }
  }
  console.log(count === 0 ? `Every path that ${pages.length} pages name exists.` : `${count} found.`);
  process.exitCode = count === 0 ? 0 : 1;
}
