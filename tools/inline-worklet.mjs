// A Rollup and Vite plugin: the player's worklet, bundled and minified, as a string to import and as a file to serve.
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const moduleId = 'virtual:pcm-worklet-source';
// The leading NUL keeps other plugins away from the id, by Rollup's convention.
const resolvedId = `\0${moduleId}`;
const entry = fileURLToPath(new URL('../packages/player/src/pcm-worklet.ts', import.meta.url));

/** @returns {Promise<string>} one classic-or-module script without imports or exports */
export async function bundleWorklet() {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
  });
  return outputFiles[0].text.trim();
}

/**
 * @param {{ emit?: boolean }} options `emit`: also write `pcm-worklet.js` into the output folder
 */
export function inlineWorklet({ emit = false } = {}) {
  let source;
  return {
    name: 'inline-worklet',
    buildStart() {
      source = undefined;
    },
    resolveId(id) {
      return id === moduleId ? resolvedId : undefined;
    },
    async load(id) {
      if (id !== resolvedId) return undefined;
      source ??= bundleWorklet();
      return { code: `export default ${JSON.stringify(await source)};`, moduleSideEffects: false };
    },
    async generateBundle() {
      if (!emit) return;
      source ??= bundleWorklet();
      this.emitFile({ type: 'asset', fileName: 'pcm-worklet.js', source: `${await source}\n` });
    },
  };
}
