// Writes the table of docs/consumers.md between its two marks.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../../tools/workspace-packages.mjs';

const file = join(root, 'docs/consumers.md');
const [start, end] = ['<!-- table: written by `pnpm consumers` -->', '<!-- end of table -->'];

const row = (cells) => `| ${cells.join(' | ')} |`;
const code = (text) => (text ? `\`${text}\`` : '–');
/** Hashes in file names change with every build. */
const withoutHash = (path) => path?.replace(/[-.](\w{8,}|[\w-]{8})(?=\.js$)/, '-…').replace(/\/[\da-f]{16,}(?=\.js$)/, '/…');

export function writeTable(results) {
  const lines = results.map(({ app, version, firstSoundMs, worker, worklet }) =>
    row([
      `[${app.name}](../examples/${app.folder})`,
      `${app.tool} ${version}`,
      firstSoundMs === undefined ? '–' : Math.round(firstSoundMs),
      code(withoutHash(worker)),
      code(withoutHash(worklet)),
    ]),
  );
  const table = [row(['app', 'tool', 'first sound (ms)', 'worker', 'worklet']), row(Array(5).fill('---')), ...lines];
  const page = readFileSync(file, 'utf8');
  const [from, to] = [page.indexOf(start) + start.length, page.indexOf(end)];
  writeFileSync(file, `${page.slice(0, from)}\n\n${table.join('\n')}\n\n${page.slice(to)}`);
}
