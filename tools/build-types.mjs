// Declarations: TypeScript writes one .d.ts per source file into .types/, then rollup-plugin-dts makes of them one
// dist/x.d.ts for each entry of a published package, mostly dist/index.d.ts alone. Other packages stay imports.
// What require() gets has the same declarations as a .d.cts, whose imports TypeScript resolves as require() would.
import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import ts from 'typescript';

import { builtPackages, requiredEntries, root, typedEntries } from './workspace-packages.mjs';

const outDir = join(root, '.types');

const optionsOf = (config) => {
  const path = join(root, config);
  const { config: json, error } = ts.readConfigFile(path, ts.sys.readFile);
  if (error) throw new Error(ts.formatDiagnostic(error, formatHost));
  return ts.parseJsonConfigFileContent({ ...json, include: [], files: ['unused.ts'] }, ts.sys, root).options;
};

const formatHost = { getCurrentDirectory: () => root, getCanonicalFileName: (name) => name, getNewLine: () => '\n' };

/** Writes the declarations of `entries` and of all they import. Mistakes in types are `pnpm types`' to find, not ours. */
function emitDeclarations(config, entries) {
  const declarations = { declaration: true, emitDeclarationOnly: true, noEmit: false, outDir, rootDir: root };
  const program = ts.createProgram(entries, { ...optionsOf(config), ...declarations });
  const diagnostics = [
    ...program.getSyntacticDiagnostics(),
    ...program.getDeclarationDiagnostics(),
    ...program.emit().diagnostics,
  ];
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, formatHost));
}

/** In a declaration, './x.ts' means './x.d.ts'. */
const declarationFiles = {
  name: 'declaration-files',
  resolveId: (id, importer) =>
    id.startsWith('.') && id.endsWith('.ts') && importer ? resolve(dirname(importer), id.replace(/(\.d)?\.ts$/, '.d.ts')) : null,
};

async function bundle(each) {
  const dist = join(root, each.folder, 'dist');
  const entries = typedEntries(each);
  for (const entry of entries) await bundleEntry(each, entry);
  const wanted = entries.map((entry) => `${entry}.d.ts`);
  for (const entry of requiredEntries(each)) {
    copyFileSync(join(dist, `${entry}.d.ts`), join(dist, `${entry}.d.cts`));
    wanted.push(`${entry}.d.cts`);
  }
  for (const file of readdirSync(dist, { recursive: true })) {
    if (/\.d\.c?ts$/.test(file) && !wanted.includes(file)) rmSync(join(dist, file));
  }
}

async function bundleEntry({ folder }, entry) {
  const file = join(root, folder, `dist/${entry}.d.ts`);
  const build = await rollup({
    input: join(outDir, folder, `src/${entry}.d.ts`),
    external: (id) => !/^[./]/.test(id),
    plugins: [declarationFiles, dts()],
    onLog(level, log) {
      if (level === 'warn' && log.code !== 'EMPTY_BUNDLE') throw new Error(`${folder}: ${log.message}`);
    },
  });
  await build.write({ file, format: 'es' });
  await build.close();
  complainAboutLeaks(folder, readFileSync(file, 'utf8'));
}

/** What a user's compiler could not resolve, or should not have to. */
function complainAboutLeaks(folder, text) {
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?['"]([^'"]+)['"]/g)].map(([, specifier]) => specifier);
  const leaks = specifiers.filter((specifier) => /^[.#]|^virtual:|^(isomorphic-)?ws$|\.ts$/.test(specifier));
  if (leaks.length > 0) throw new Error(`${folder}: the public declarations import ${leaks.join(', ')}`);
}

const packages = builtPackages();
const entries = packages.flatMap((each) => typedEntries(each).map((entry) => join(root, each.folder, `src/${entry}.ts`)));
const isNodes = (entry) => /\/emulator\/|\/node\/index\.ts$/.test(entry);
rmSync(outDir, { recursive: true, force: true });
emitDeclarations('tsconfig.web.json', [
  ...entries.filter((entry) => !isNodes(entry)),
  ...ts.sys.readDirectory(join(root, 'packages'), ['.d.ts'], ['**/node_modules', '**/dist'], ['*/src/**/*.d.ts']),
]);
emitDeclarations('tsconfig.node.json', entries.filter(isNodes));
for (const each of packages) await bundle(each);
