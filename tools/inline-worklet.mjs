// A Rollup and Vite plugin: the player's worklet and its worker, bundled and minified, as strings to import and as files to
// serve.
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { minify } from 'terser';

const names = ['pcm-worklet', 'socket-worker'];
/** Nobody gets that one as a blob: who records serves it. */
const recorder = 'recording-worklet';
/** A worker of one line: a page may not start a file of another origin, such as a CDN's, but its worker may import one.
 * A Blob asks for the text when it is made: a script inlined in a `data:` page has no address, and must load all the same. */
const importOfNeighbour = "{ toString: () => 'import ' + JSON.stringify(new URL('./socket-worker.js', import.meta.url).href) }";
const moduleId = (name) => `virtual:${name}-source`;
// The leading NUL keeps other plugins away from the id, by Rollup's convention.
const resolvedId = (name) => `\0${moduleId(name)}`;

/**
 * Terser makes the worklet smaller still: the script tag's file carries a copy of it.
 *
 * @returns {Promise<string>} one classic-or-module script without imports or exports
 */
async function bundle(name) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../packages/player/src/${name}.ts`, import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
  });
  const { code } = await minify(outputFiles[0].text, { ecma: 2022, module: true, compress: { passes: 3 } });
  return code;
}

/**
 * @param {{ emit?: boolean, recording?: boolean, workerBlob?: boolean }} options `workerBlob: false`: the worker's fallback imports `socket-worker.js` from beside the script, instead of carrying a copy; `emit`: also write `pcm-worklet.js` and `socket-worker.js` into the output folder; `recording`: and `recording-worklet.js`
 */
export function inlineWorklet({ emit = false, recording = false, workerBlob = true } = {}) {
  const sources = new Map();
  const sourceOf = (name) => {
    if (!sources.has(name)) sources.set(name, bundle(name));
    return sources.get(name);
  };
  return {
    name: 'inline-worklet',
    buildStart() {
      sources.clear();
    },
    resolveId(id) {
      const name = names.find((one) => moduleId(one) === id);
      return name && resolvedId(name);
    },
    async load(id) {
      const name = names.find((one) => resolvedId(one) === id);
      if (!name) return undefined;
      const source = name === 'socket-worker' && !workerBlob ? importOfNeighbour : JSON.stringify(await sourceOf(name));
      return { code: `export default ${source};`, moduleSideEffects: false };
    },
    async generateBundle() {
      if (!emit) return;
      for (const name of recording ? [...names, recorder] : names) {
        this.emitFile({ type: 'asset', fileName: `${name}.js`, source: `${await sourceOf(name)}\n` });
      }
    },
  };
}
