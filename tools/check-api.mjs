// The public API, seen before it ships: api/<package>.api.ts is dist/index.d.ts without its comments, committed. A further
// entry, such as saystream/element, has its own: api/saystream-element.api.ts.
//   node tools/check-api.mjs           fails when the built declarations differ from it
//   node tools/check-api.mjs --write   writes it; the difference belongs into the changeset
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

import { builtPackages, root, typedEntries } from './workspace-packages.mjs';

/** The same text whatever the comments, their order in the source and the order of exports. */
export function apiReport(text) {
  const source = ts.createSourceFile('index.d.ts', text, ts.ScriptTarget.ES2022, true);
  const printer = ts.createPrinter({ removeComments: true });
  const print = (node) => printer.printNode(ts.EmitHint.Unspecified, node, source);
  const byText = (a, b) => (a < b ? -1 : Number(a > b));
  const imports = source.statements.filter(ts.isImportDeclaration).map(print).sort(byText);
  const exports = source.statements
    .filter(ts.isExportDeclaration)
    .map((node) =>
      print(node)
        .replace(/\s+/g, ' ')
        .replace(/([{,]) /g, '$1\n    ')
        .replace(' }', '\n}'),
    )
    .sort(byText);
  const others = source.statements.filter((node) => !ts.isImportDeclaration(node) && !ts.isExportDeclaration(node));
  const named = others.map((node) => ({
    name: (node.name ?? node.declarationList?.declarations[0]?.name)?.getText() ?? '',
    text: print(node),
  }));
  named.sort((a, b) => byText(a.name, b.name));
  return [...imports, ...named.map(({ text: each }) => each), ...exports].join('\n') + '\n';
}

function main(write) {
  const folder = join(root, 'api');
  const wanted = new Map();
  for (const each of builtPackages()) {
    for (const entry of typedEntries(each)) {
      const file = join(root, each.folder, `dist/${entry}.d.ts`);
      if (!existsSync(file)) throw new Error(`${each.folder} has no dist/${entry}.d.ts: run \`pnpm build\` first.`);
      const name = `${basename(each.folder)}/${entry}`.replace(/\/index$/, '').replaceAll('/', '-');
      wanted.set(`${name}.api.ts`, apiReport(readFileSync(file, 'utf8')));
    }
  }
  mkdirSync(folder, { recursive: true });
  const differing = [];
  for (const [name, report] of wanted) {
    const path = join(folder, name);
    const committed = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (committed === report) continue;
    differing.push(name);
    if (write) writeFileSync(path, report);
    else showDifference(name, committed, report);
  }
  for (const name of readdirSync(folder).filter((each) => !wanted.has(each))) {
    differing.push(name);
    if (write) rmSync(join(folder, name));
    else console.log(`api/${name} describes no package`);
  }
  if (differing.length === 0) console.log('The public API is what api/ says.');
  else if (write) console.log(`Wrote ${differing.map((name) => `api/${name}`).join(', ')}.`);
  else console.log('\nThe public API changed. If that is meant: `pnpm check:api --write`, and a changeset (`pnpm changeset`).');
  process.exitCode = differing.length === 0 || write ? 0 : 1;
}

/** Lines that only one of the two has; enough to see what changed. */
function showDifference(name, before, after) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  console.log(`api/${name}`);
  for (const line of old) if (!now.includes(line)) console.log(`  - ${line}`);
  for (const line of now) if (!old.includes(line)) console.log(`  + ${line}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.includes('--write'));
