// The packages as users get them: packs each, looks at the tarballs, installs them into an empty project and uses them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import vm from 'node:vm';

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

import { packPackage, run } from './pack-packages.mjs';
import { allPackages, builtPackages, root } from './workspace-packages.mjs';

const temporary = mkdtempSync(join(tmpdir(), 'saystream-packages-'));
const problems = [];
const problem = (name, text) => problems.push(`${name}: ${text}`);

function pack(each) {
  const { name, tarball, files } = packPackage(each, temporary);
  const unpacked = join(temporary, 'unpacked', each.folder);
  mkdirSync(unpacked, { recursive: true });
  run('tar', ['xzf', tarball, '-C', unpacked]);
  const manifest = JSON.parse(readFileSync(join(unpacked, 'package/package.json'), 'utf8'));
  return { folder: each.folder, name, tarball, files, manifest };
}

const expected = ['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts'];
const isAllowed = (path) =>
  expected.includes(path) || (/^dist\/[\w./-]+\.([cm]?js|[cm]?js\.map|d\.c?ts)$/.test(path) && !/\.test\.|\/src\//.test(path));

/** What tools/package-bundles.mjs makes of a package. */
const bundlesOf = (folder) =>
  ['browser.js', 'global.js', 'node.mjs', 'node.cjs']
    .map((kind) => `dist/${basename(folder)}.${kind}`)
    .concat('dist/index.d.cts');

function checkFiles({ name, folder, files, manifest }) {
  const all = manifest.unpkg ? [...expected, ...bundlesOf(folder)] : expected;
  for (const path of all) if (!files.includes(path)) problem(name, `${path} is missing from the tarball`);
  for (const path of files) if (!isAllowed(path)) problem(name, `${path} does not belong into the tarball`);
}

const bundledFrom = /node_modules\/(?!\.pnpm)((?:@[^/]+\/)?[^/]+)\//;

/** A file that holds modules of another package, by its source map, must repeat that package's copyright and licence. */
function checkNotices({ name, folder, files }) {
  const read = (path) => readFileSync(join(temporary, 'unpacked', folder, 'package', path), 'utf8');
  for (const map of files.filter((path) => path.endsWith('.map'))) {
    const text = read(map.slice(0, -'.map'.length));
    const others = new Set(JSON.parse(read(map)).sources.flatMap((source) => bundledFrom.exec(source)?.[1] ?? []));
    for (const other of others) {
      const [notice = ''] = /^\/\*![^]*?\*\//m.exec(text) ?? [];
      if (notice.includes(`\n${other} `) && /Copyright .*[^]*Permission is hereby granted/.test(notice)) continue;
      problem(name, `${map} shows modules of ${other}, and the file does not repeat its licence`);
    }
  }
}

const installScripts = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
const notForPublic = new Set(
  allPackages()
    .filter(({ manifest }) => manifest.private)
    .map(({ manifest }) => manifest.name),
);

function checkManifest({ name, folder, manifest }) {
  for (const script of installScripts) if (manifest.scripts?.[script]) problem(name, `has an install script, ${script}`);
  if (manifest.license !== 'MIT') problem(name, `its license is ${manifest.license}`);
  if (JSON.stringify([manifest.exports, manifest.imports]).includes('@saystream/source'))
    problem(name, 'still points at its sources');
  const dependencies = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies };
  for (const [dependency, range] of Object.entries(dependencies)) {
    if (/^(workspace|catalog|file|link):/.test(range))
      problem(name, `asks for ${dependency}@${range}, which only this workspace has`);
    if (notForPublic.has(dependency)) problem(name, `depends on ${dependency}, which is private`);
    const { license = 'nothing' } = JSON.parse(
      readFileSync(join(root, folder, 'node_modules', dependency, 'package.json'), 'utf8'),
    );
    if (!/^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0)$/.test(license))
      problem(name, `depends on ${dependency}, whose license is ${license}`);
  }
}

async function checkWithPublint({ name, tarball }) {
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer }, strict: true });
  // It suggests `exports` instead of the field `browser`. A package with both has the field for resolvers that read no `exports`.
  const isDone = ({ code }) => code === 'USE_EXPORTS_BROWSER' && pkg.exports['.'].browser !== undefined;
  for (const message of messages.filter((each) => !isDone(each)))
    problem(name, `publint: ${formatMessage(message, pkg, { color: false })}`);
}

/** Entries that require() has files of their own for must suit every resolver, Node 10's too; the others are ES modules. */
function checkWithAttw({ name, tarball, manifest }) {
  const entries = Object.keys(manifest.exports);
  const isRequired = (entry) => Boolean(manifest.exports[entry].require);
  const isModule = (entry) => Boolean(manifest.exports[entry].types) && !isRequired(entry);
  for (const [profile, included] of [
    ['strict', entries.filter(isRequired)],
    ['esm-only', entries.filter(isModule)],
  ]) {
    if (included.length === 0) continue;
    const attw = [join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js'), tarball, '--profile', profile];
    const format = ['--format', 'ascii', '--no-emoji', '--no-color'];
    const { ok, text } = run(process.execPath, [...attw, ...format, '--entrypoints', ...included], root);
    if (!ok) problem(name, `are-the-types-wrong:\n${text}`);
  }
}

/** An empty project that has nothing but the tarballs. */
function install(packages) {
  const project = join(temporary, 'project');
  mkdirSync(project);
  const dependencies = Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]));
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies, overrides: dependencies }),
  );
  const installed = run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], project);
  if (!installed.ok) throw new Error(`The tarballs cannot be installed:\n${installed.text}`);
  return project;
}

/** What users import: the package, and each entry of it that has types. */
const namesOf = ({ name, manifest }) =>
  Object.keys(manifest.exports)
    .filter((entry) => manifest.exports[entry].types)
    .map((entry) => join(name, entry));

function checkImports(project, { name, manifest }) {
  for (const entry of namesOf({ name, manifest })) {
    const imported = run(process.execPath, ['--input-type=module', '-e', `await import('${entry}')`], project);
    if (!imported.ok) problem(name, `${entry} cannot be imported in Node:\n${imported.text}`);
  }
  for (const entry of Object.keys(manifest.exports).filter((each) => manifest.exports[each].require)) {
    // Older tools, such as Jest, cannot require() an ES module: no file behind this one may be one.
    for (const conditions of [[], ['--conditions=browser']]) {
      const flags = ['--no-experimental-require-module', ...conditions, '--input-type=commonjs'];
      const required = run(process.execPath, [...flags, '-e', `require('${join(name, entry)}')`], project);
      if (!required.ok) problem(name, `${entry} cannot be required (${flags.join(' ')}):\n${required.text}`);
    }
  }
  for (const [command, file] of Object.entries(manifest.bin ?? {})) {
    const help = run(join(project, 'node_modules/.bin', command), ['--help'], project);
    if (!help.ok) problem(name, `${command} --help (${file}) fails:\n${help.text}`);
  }
}

/** Where Node's own types are: a server's project has them, a page's need not. */
const typesOfNode = { types: ['node'], typeRoots: [join(root, 'node_modules/@types')] };
const forServers = new Set(['@saystream/relay']);

/** What a strict user sees: their compiler reads our declarations and all that these import. */
function checkTypes(project, packages) {
  const pages = packages.filter(({ name }) => !forServers.has(name));
  for (const [whose, names, types] of [
    ["a page's", pages.flatMap(namesOf), { types: [] }],
    ["a server's", packages.flatMap(namesOf), typesOfNode],
  ]) {
    const lines = names.map((name, index) => `import * as p${index} from '${name}';`);
    writeFileSync(
      join(project, 'use.ts'),
      `${lines.join('\n')}\nexport const all = [${names.map((_, index) => `p${index}`)}];\n`,
    );
    compile(project, whose, types);
  }
}

function compile(project, whose, types) {
  const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true, ...types };
  const lib = ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'];
  for (const [module, moduleResolution] of [
    ['esnext', 'bundler'],
    ['nodenext', 'nodenext'],
  ]) {
    const compilerOptions = { ...strict, target: 'es2022', lib, module, moduleResolution };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
    const { ok, text } = run(process.execPath, [join(root, 'node_modules/typescript/lib/tsc.js'), '-p', '.'], project);
    if (!ok) problem('types', `${whose} compiler (${moduleResolution}) complains:\n${text}`);
  }
}

const nodeOnly = new Set(['global', 'globalThis', 'process', 'Buffer', 'require', 'module', 'exports']);

/** A realm with the web's globals and none of Node's; the real page is e2e's to test. */
function checkGlobal(project) {
  const file = join(project, 'node_modules/saystream/dist/saystream.global.js');
  const web = Object.getOwnPropertyNames(globalThis).filter(
    (name) => !nodeOnly.has(name) && !Object.hasOwn(vm.runInNewContext('globalThis'), name),
  );
  const page = vm.createContext(Object.fromEntries(web.map((name) => [name, globalThis[name]])));
  vm.runInContext(readFileSync(file, 'utf8'), page);
  vm.runInContext(readFileSync(file.replace('global', 'text-deltas'), 'utf8'), page);
  const exported = vm.runInContext('typeof saystream === "object" ? Object.keys(saystream) : []', page);
  for (const name of ['createAudixa', 'createPlayer', 'isSpeechError', 'textDeltas']) {
    if (!exported.includes(name)) problem('saystream', `the script tag's global has no ${name}`);
  }
}

try {
  const packages = builtPackages().map(pack);
  console.log(`Packed ${packages.map(({ name }) => name).join(', ')}.`);
  for (const each of packages) {
    checkFiles(each);
    checkNotices(each);
    checkManifest(each);
    await checkWithPublint(each);
    checkWithAttw(each);
  }
  const project = install(packages);
  for (const each of packages) checkImports(project, each);
  checkTypes(project, packages);
  checkGlobal(project);
} catch (error) {
  problem('packages', error.message);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
for (const text of problems) console.log(text);
console.log(problems.length === 0 ? 'The tarballs install, import and type-check.' : `${problems.length} found.`);
process.exitCode = problems.length === 0 ? 0 : 1;
