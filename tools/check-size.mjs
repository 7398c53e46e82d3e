// Holds the built packages to size-budgets.json: what one import adds to a page, in KiB of brotli, minified and split by
// esbuild. It counts the entry and all files that the entry imports statically. What `import()` brings is loaded later, by
// pages that need it, and does not count.
// A budget `beyond` another import is what the one adds to a page that has the other.
// Nothing that a page loads may hold `ws` or a module of Node.
import { readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

import { build } from 'esbuild';

import { root } from './workspace-packages.mjs';

const { budgets } = JSON.parse(readFileSync(join(root, 'size-budgets.json'), 'utf8'));

/** Node's half of the socket, by what only a WebSocket implementation has to say. */
const marksOfNode = ['Sec-WebSocket-Key', 'Sec-WebSocket-Version', 'perMessageDeflate', 'isomorphic-ws'];
const builtins = new Set(builtinModules);

/** Refuses modules of Node instead of leaving them as imports that fail in the page. */
const noBuiltins = {
  name: 'no-builtins',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ path, importer }) =>
      path.startsWith('node:') || builtins.has(path)
        ? { errors: [{ text: `${importer} imports "${path}", which no page has` }] }
        : null,
    );
  },
};

/** No names stand for an import that is made for its effect. */
function importing({ from, entry = 'index', names }) {
  const module = `'./${from}/dist/${entry}.js'`;
  if (names === '*') return `export * from ${module};`;
  return names.length === 0 ? `import ${module};` : `export { ${names.join(', ')} } from ${module};`;
}

/** The texts of the output files that load at once, and of those that `import()` loads later. */
function splitByLoading({ outputFiles, metafile }) {
  const textOf = (path) => outputFiles.find((file) => file.path === resolve(path)).text;
  const outputs = Object.entries(metafile.outputs);
  const atOnce = new Set(outputs.filter(([, { entryPoint }]) => entryPoint === '<stdin>').map(([path]) => path));
  // A Set's iteration also visits what is added meanwhile.
  for (const path of atOnce) {
    for (const { kind, path: imported } of metafile.outputs[path].imports) if (kind === 'import-statement') atOnce.add(imported);
  }
  const later = outputs.map(([path]) => path).filter((path) => !atOnce.has(path));
  return { atOnce: [...atOnce].map(textOf).join('\n'), later: later.map(textOf) };
}

async function bundle(...imports) {
  const contents = imports.map(importing).join('\n');
  const result = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    splitting: true,
    metafile: true,
    outdir: 'never-written',
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [noBuiltins],
  });
  return splitByLoading(result);
}

const brotliKiB = (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length / 1024;

async function measure(budget) {
  try {
    const { file, beyond } = budget;
    const { atOnce, later = [] } = file
      ? { atOnce: readFileSync(join(root, file), 'utf8') }
      : await bundle(budget, ...(beyond ? [beyond] : []));
    const before = beyond ? brotliKiB((await bundle(beyond)).atOnce) : 0;
    const mark = marksOfNode.find((each) => [atOnce, ...later].some((text) => text.includes(each)));
    return { ...budget, kib: brotliKiB(atOnce) - before, mark };
  } catch (error) {
    return { ...budget, kib: Number.NaN, problem: error.errors?.[0]?.text ?? error.message };
  }
}

/** What fails the check. A budget that is known to be missed must at least not be missed by more. */
const verdictOf = ({ kib, maxKiB, atMostKiB = maxKiB, mark, problem }) => {
  if (problem) return problem;
  if (mark) return `holds "${mark}": Node's WebSocket is in a file for pages`;
  if (atMostKiB > maxKiB && kib <= maxKiB) return 'within its budget again: delete its atMostKiB';
  return kib > atMostKiB ? `OVER by ${(kib - atMostKiB).toFixed(2)} KiB` : undefined;
};

const remarkOn = (result) => {
  const { kib, maxKiB, atMostKiB, because } = result;
  const verdict = verdictOf(result);
  if (verdict) return `  ← ${verdict}`;
  return kib > maxKiB ? `  ← MISSED by ${(kib - maxKiB).toFixed(2)} KiB, held at ${atMostKiB}: ${because}` : '';
};

const results = await Promise.all(budgets.map(measure));
console.log(`${'KiB'.padStart(6)} ${'budget'.padStart(6)} ${'left'.padStart(6)}`);
for (const result of results) {
  const { kib, maxKiB } = result;
  const columns = [kib.toFixed(2), maxKiB.toFixed(1), (maxKiB - kib).toFixed(2)].map((text) => text.padStart(6)).join(' ');
  console.log(`${columns}  ${result.import}${remarkOn(result)}`);
}

const inSaystream = readdirSync(join(root, 'packages/saystream/dist')).filter((file) => file.endsWith('.js'));
const marked = inSaystream.filter((file) => {
  const text = readFileSync(join(root, 'packages/saystream/dist', file), 'utf8');
  return marksOfNode.some((mark) => text.includes(mark));
});
for (const file of marked) console.log(`packages/saystream/dist/${file} holds Node's WebSocket`);

process.exitCode = marked.length > 0 || results.some(verdictOf) ? 1 : 0;
