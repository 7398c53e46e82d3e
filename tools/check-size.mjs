// Holds the built packages to size-budgets.json: what one import adds to a page, minified by esbuild, in KiB of brotli.
// A budget `beyond` another import is what the one adds to a page that has the other.
// Nothing that a page loads may hold `ws` or a module of Node.
import { readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
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

/** What `import()` brings is loaded later, by pages that need it; the files of those have budgets of their own. */
const loadedLater = {
  name: 'loaded-later',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : null));
  },
};

async function bundle(...imports) {
  const contents = imports.map(importing).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [loadedLater, noBuiltins],
  });
  return outputFiles[0].text;
}

const brotliKiB = (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length / 1024;

async function measure(budget) {
  try {
    const { file, beyond } = budget;
    const text = file ? readFileSync(join(root, file), 'utf8') : await bundle(budget, ...(beyond ? [beyond] : []));
    const before = beyond ? brotliKiB(await bundle(beyond)) : 0;
    return { ...budget, kib: brotliKiB(text) - before, mark: marksOfNode.find((mark) => text.includes(mark)) };
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
