// Every published file, from the sources: `rollup -c` needs no other step before it.
//   packages/*/dist/          ESM, one file per source file, so that bundlers drop what an app does not import
//   player/dist/socket-worker.js: the worker that holds a stream's socket, and its copy in saystream
//   player/dist/recording-worklet.js: the same as the next one, with a black box
//   player/dist/pcm-worklet.js and its copy in saystream: what AudioContext.audioWorklet.addModule() loads
//   packages/*/dist/NAME.{browser.js,global.js,node.mjs,node.cjs}: each client package bundled, see tools/package-bundles.mjs
//   {player,saystream}/dist/NAME.decoders.js: what the browser and global files load when something encoded is played
//   saystream/dist/saystream.element.js: what those two load when the page has a <say-stream>
//   saystream/dist/saystream.doctor.js: what `saystream.diagnose()` loads there when it is called
//   saystream/dist/saystream.text-deltas.js: a script tag of its own, which adds `textDeltas` to the global `saystream`
//   saystream/dist/saystream.speakable.js: the same for `speakable`
//   demo/dist/                the page that `pnpm start` opens, and its server
// Type declarations are made by tools/build-types.mjs.
import { existsSync } from 'node:fs';

import { inlineWorklet } from './tools/inline-worklet.mjs';
import { minifyStyles } from './tools/minify-styles.mjs';
import { forBrowsers, isExternal, minified, nodeBundles, pageBundles, typescript } from './tools/package-bundles.mjs';
import { executable, keepDistClean } from './tools/rollup-dist.mjs';
import { builtPackages, bundledPackages } from './tools/workspace-packages.mjs';

const dist = keepDistClean();

const unbundled = ({ folder }) => ({
  // browser.ts is left to the files for pages without a bundler.
  input: [
    'index.ts',
    'cli.ts',
    'element.ts',
    'doctor.ts',
    'text-deltas.ts',
    'speakable.ts',
    'recorder.ts',
    'replay.ts',
    'node/index.ts',
    ...['socket/isomorphic-socket', 'network/isomorphic-network-fault', 'socket/socket-server', 'http/guarded-fetch'].flatMap(
      (face) => [`${face}-node.ts`, `${face}-web.ts`],
    ),
  ]
    .map((file) => `${folder}/src/${file}`)
    .filter(existsSync),
  external: isExternal,
  plugins: [
    inlineWorklet({ emit: folder === 'packages/player', recording: true }),
    minifyStyles(),
    typescript(),
    executable('cli.js'),
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

const forNode = (input, file) => ({
  input,
  external: isExternal,
  plugins: [typescript()],
  output: { file, format: 'es', sourcemap: true },
});

const saystreamFile = (input, name, format = 'es') =>
  forBrowsers(`packages/saystream/src/${input}`, minified(`packages/saystream/dist/saystream.${name}.js`, format));
const decodersOf = (name) =>
  forBrowsers('packages/player/src/source/pcm-source-of.ts', minified(`packages/${name}/dist/${name}.decoders.js`, 'es'));

/** Minified files, which take most of the build and which the demo does not serve. */
const forPagesWithoutBundler = () => [
  ...bundledPackages().map(pageBundles),
  saystreamFile('element/define-say-stream.ts', 'element'),
  saystreamFile('doctor.ts', 'doctor'),
  saystreamFile('text-deltas.ts', 'text-deltas', 'iife'),
  saystreamFile('speakable.ts', 'speakable', 'iife'),
  decodersOf('saystream'),
  decodersOf('player'),
];

const forBundlersNodeAndDemo = () => [
  ...builtPackages().map(unbundled),
  ...bundledPackages().flatMap(nodeBundles),
  forNode('packages/demo/src/server/main.ts', 'packages/demo/dist/server/main.js'),
  forBrowsers('packages/demo/src/page/main.ts', {
    file: 'packages/demo/dist/page/main.js',
    format: 'es',
    sourcemap: true,
    inlineDynamicImports: true,
  }),
];

const strict = (config) => ({
  ...config,
  plugins: [...config.plugins, dist],
  onLog(level, log) {
    const isTypesOnly = log.code === 'EMPTY_BUNDLE';
    if (level === 'warn' && !isTypesOnly) throw new Error(`${log.message} (a warning fails the build)`);
  },
});

/** `rollup -c --configDemoOnly` builds what `pnpm start` needs, and leaves older files of other kinds where they are. */
export default ({ configDemoOnly }) => {
  if (configDemoOnly) return forBundlersNodeAndDemo().map(strict);
  const configs = [...forBundlersNodeAndDemo(), ...forPagesWithoutBundler()];
  dist.expect(configs);
  return configs.map(strict);
};
