// The Rollup configurations of the bundled files that each client package ships beside its modules:
//   dist/NAME.browser.js  one ES module for pages, with all that it imports
//   dist/NAME.global.js   the same for a script tag; adds its exports to the global `saystream`
//   dist/NAME.node.mjs    one ES module for Node; dependencies stay imports
//   dist/NAME.node.cjs    the same for require()
//   dist/core.browser.cjs what require() gets where the `browser` condition is set, as in Jest with jsdom
// NAME is the package's folder. A package takes part when its manifest has the field `unpkg`.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';

import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';

import { decodersBeside } from './decoders-beside.mjs';
import { inlineWorklet } from './inline-worklet.mjs';
import { libraryOfTheScript } from './library-of-the-script.mjs';
import { licenceNotices } from './licence-notices.mjs';
import { minifyStyles } from './minify-styles.mjs';
import { hasNeighbours, neighboursOf, packageAddress } from './package-address.mjs';
import { noNodeInBrowsers } from './rollup-dist.mjs';

export const typescript = (options) => esbuild({ target: 'es2022', tsconfig: false, ...options });
/** `virtual:` modules are made during the build; all else that is not a path belongs to the user's install. */
export const isExternal = (id) => !/^[./\0]/.test(id) && !id.startsWith('virtual:');

const folderOf = (input) => input.split('/', 2).join('/');

/** Terser is told the format by its plugin. `module: true` here would make it drop the global of an IIFE. */
const smallest = () => terser({ ecma: 2022, compress: { passes: 3 }, format: { comments: /^!/ } });

/** A Rollup plugin: `this` is the global object in a script only, and undefined where a bundler takes an IIFE in. */
const globalByName = {
  name: 'global-by-name',
  renderChunk(code, { fileName }, { format }) {
    if (format !== 'iife') return null;
    const found = 'this.saystream = this.saystream || {}';
    if (!code.includes(found)) this.error(`${fileName} no longer ends with ${found}`);
    return { code: code.replace(found, found.replaceAll('this.', 'globalThis.')), map: null };
  },
};

/**
 * A minified file with all that it imports. An IIFE adds to the global `saystream` and leaves what other scripts put there.
 *
 * @param {string} file
 * @param {'es' | 'iife'} format
 */
export const minified = (file, format) => ({
  file,
  format,
  inlineDynamicImports: true,
  name: 'saystream',
  extend: true,
  sourcemap: true,
  banner: licenceNotices,
  intro: packageAddress(file, format),
  plugins: [globalByName, smallest()],
});

/** One self-contained file for browsers, made from the sources of all packages. */
export const forBrowsers = (input, ...output) => ({
  input,
  plugins: [
    input.endsWith('/define-say-stream.ts') && libraryOfTheScript(),
    output.every(({ file }) => hasNeighbours(file)) && decodersBeside(`${basename(folderOf(input))}.decoders.js`),
    // One file is loaded whole, and its neighbours are there: the worker's fallback imports socket-worker.js instead of carrying a copy.
    inlineWorklet({ emit: folderOf(input) === 'packages/saystream', workerBlob: false }),
    nodeResolve({ browser: true, exportConditions: ['@saystream/source', 'browser'] }),
    commonjs(),
    minifyStyles(),
    neighboursOf(output.map(({ file }) => file)),
    // Terser gives each private name of a file its own; esbuild starts anew in each class.
    typescript({ minifyIdentifiers: output.some(({ plugins }) => plugins) }),
    noNodeInBrowsers(),
  ],
  output,
});

/** ky exists as an ES module only, and older tools cannot require() one. */
const isExternalForRequire = (id) => isExternal(id) && id !== 'ky';

const faces = { node: 'node', browser: 'default' };

/** One file with the package's own modules, and with the socket of `face` where there are two. */
const forServers = (folder, face, format) => ({
  input: `${folder}/src/index.ts`,
  external: (id) => !id.startsWith('#') && (format === 'cjs' ? isExternalForRequire : isExternal)(id),
  plugins: [
    inlineWorklet({ workerBlob: false }),
    nodeResolve({ exportConditions: ['@saystream/source', faces[face]] }),
    typescript(),
  ],
  output: {
    file: `${folder}/dist/${basename(folder)}.${face}.${format === 'cjs' ? 'cjs' : 'mjs'}`,
    format,
    inlineDynamicImports: true,
    interop: 'auto',
    exports: 'named',
    sourcemap: true,
    banner: licenceNotices,
  },
});

/** What require() and `import` get in Node. */
export const nodeBundles = ({ folder }) => [
  forServers(folder, 'node', 'es'),
  forServers(folder, 'node', 'cjs'),
  ...(existsSync(`${folder}/src/socket/isomorphic-socket-web.ts`) ? [forServers(folder, 'browser', 'cjs')] : []),
];

/** What pages without a bundler get. */
export const pageBundles = ({ folder }) => {
  const own = `${folder}/src/browser.ts`;
  const file = `${folder}/dist/${basename(folder)}`;
  return forBrowsers(
    existsSync(own) ? own : `${folder}/src/index.ts`,
    minified(`${file}.global.js`, 'iife'),
    minified(`${file}.browser.js`, 'es'),
  );
};
