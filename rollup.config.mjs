// Every published file, from the sources: `rollup -c` needs no other step before it.
//   packages/*/dist/          ESM, one file per source file, so that bundlers drop what an app does not import
//   player/dist/socket-worker.js: the worker that holds a stream's socket, and its copy in saystream
//   player/dist/recording-worklet.js: the same as the next one, with a black box
//   player/dist/pcm-worklet.js and its copy in saystream: what AudioContext.audioWorklet.addModule() loads
//   saystream/dist/saystream.decoders.js: what those two load when something encoded is played
//   saystream/dist/saystream.global.js, saystream.browser.js: everything in one file, for pages without a bundler
//   saystream/dist/saystream.element.js: what those two load when the page has a <say-stream>
//   saystream/dist/saystream.doctor.js: what `saystream.diagnose()` loads there when it is called
//   demo/dist/                the page that `pnpm start` opens, and its server
// Type declarations are made by tools/build-types.mjs.
import { existsSync } from 'node:fs';

import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';

import { decodersBeside } from './tools/decoders-beside.mjs';
import { inlineWorklet } from './tools/inline-worklet.mjs';
import { libraryOfTheScript } from './tools/library-of-the-script.mjs';
import { minifyStyles } from './tools/minify-styles.mjs';
import { executable, keepDistClean, noNodeInBrowsers } from './tools/rollup-dist.mjs';
import { builtPackages } from './tools/workspace-packages.mjs';

const typescript = (options) => esbuild({ target: 'es2022', tsconfig: false, ...options });
/** `virtual:` modules are made during the build; all else that is not a relative path belongs to the user's install. */
const isExternal = (id) => !/^[./\0]/.test(id) && !id.startsWith('virtual:');
const dist = keepDistClean();

const unbundled = ({ folder }) => ({
  // browser.ts is left to the files for pages without a bundler.
  input: [
    'index.ts',
    'cli.ts',
    'element.ts',
    'doctor.ts',
    'recorder.ts',
    'replay.ts',
    'node/index.ts',
    ...['socket/isomorphic-socket', 'socket/socket-server', 'http/guarded-fetch'].flatMap((face) => [
      `${face}-node.ts`,
      `${face}-web.ts`,
    ]),
  ]
    .map((file) => `${folder}/src/${file}`)
    .filter(existsSync),
  external: isExternal,
  plugins: [
    inlineWorklet({ emit: folder === 'packages/player', recording: true }),
    minifyStyles(),
    typescript(),
    executable('cli.js'),
    dist,
  ],
  output: {
    dir: `${folder}/dist`,
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: `${folder}/src`,
    entryFileNames: '[name].js',
    sourcemap: true,
  },
});

/** One self-contained file for browsers, made from the sources of all packages. */
const forBrowsers = (input, ...output) =>
  existsSync(input) && {
    input,
    plugins: [
      input.endsWith('/define-say-stream.ts') && libraryOfTheScript(),
      input.startsWith('packages/saystream/') && decodersBeside(),
      // One file is loaded whole, and its neighbours are there: the worker's fallback imports socket-worker.js instead of carrying a copy.
      inlineWorklet({ emit: input.startsWith('packages/saystream/'), workerBlob: false }),
      nodeResolve({ browser: true, exportConditions: ['@saystream/source', 'browser'] }),
      commonjs(),
      minifyStyles(),
      // Terser gives each private name of a file its own; esbuild starts anew in each class.
      typescript({ minifyIdentifiers: output.some(({ plugins }) => plugins) }),
      noNodeInBrowsers(),
      dist,
    ],
    output,
  };

const minified = (file, format) => ({
  file,
  format,
  inlineDynamicImports: true,
  name: 'saystream',
  sourcemap: true,
  // Terser is told the format by its plugin. `module: true` here would make it drop the global of an IIFE.
  plugins: [terser({ ecma: 2022, compress: { passes: 3 }, format: { comments: false } })],
});

const forNode = (input, file) =>
  existsSync(input) && {
    input,
    external: isExternal,
    plugins: [typescript(), dist],
    output: { file, format: 'es', sourcemap: true },
  };

const configs = [
  ...builtPackages().map(unbundled),
  forBrowsers(
    'packages/saystream/src/browser.ts',
    minified('packages/saystream/dist/saystream.global.js', 'iife'),
    minified('packages/saystream/dist/saystream.browser.js', 'es'),
  ),
  forBrowsers(
    'packages/saystream/src/element/define-say-stream.ts',
    minified('packages/saystream/dist/saystream.element.js', 'es'),
  ),
  forBrowsers('packages/saystream/src/doctor.ts', minified('packages/saystream/dist/saystream.doctor.js', 'es')),
  forBrowsers('packages/player/src/source/pcm-source-of.ts', minified('packages/saystream/dist/saystream.decoders.js', 'es')),
  forNode('packages/demo/src/server/main.ts', 'packages/demo/dist/server/main.js'),
  forBrowsers('packages/demo/src/page/main.ts', {
    file: 'packages/demo/dist/page/main.js',
    format: 'es',
    sourcemap: true,
    inlineDynamicImports: true,
  }),
].filter(Boolean);

export default configs.map((config) => ({
  ...config,
  onLog(level, log) {
    const isTypesOnly = log.code === 'EMPTY_BUNDLE';
    if (level === 'warn' && !isTypesOnly) throw new Error(`${log.message} (a warning fails the build)`);
  },
}));
dist.expect(configs);
