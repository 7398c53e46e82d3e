// The apps of the suite. Each row is one app, built or run as its user would.
//   folder    the app under examples/
//   tool      the npm package whose version is reported
//   versions  dependencies that replace those of the app's package.json
//   build     the npm script that builds it; absent: nothing to build
//   output    the folder that is served, and searched for what does not belong into a bundle; relative to the app
//   server    the command that serves the app, instead of the suite
//   asks      requests to that server, and what their answers hold
//   anyVendor the app imports more vendors than Audixa
//   page      the page to open. Default: /
//   plays     what is pressed, one after the other: `button`, the page's first one (default), or `say-stream`
//   from      text of the page that is replaced when it is served: [what, by what]
//   worker    (of an app or a play) where the socket worker comes from: `file` (default), `blob`, or `none` when the page holds the socket
//   worklet   where the audio worklet comes from: `file` (default) or `blob`
//   missing   files that the tool does not carry along: their requests fail, and the named fallback is taken
//   onEveryPush  part of `.ci/run`; all rows run every night

/** Content networks serve a package's files by path, and one file by the short address that `unpkg` or `jsdelivr` names. */
const fromCdn = (address) => [/https:\/\/cdn\.jsdelivr\.net\/npm\/saystream@0\.1\/dist\/saystream\.global\.js/, address];

/** An app whose folder, tool and row have one name, and whose page lies beside `dist/`. */
const bundler = (name) => ({ name, folder: name, tool: name, build: 'build', output: '.' });

/** esbuild leaves `new URL(…, import.meta.url)` as it is. This build copies no file, as the app's `copy` would. */
const blobs = { worker: 'blob', worklet: 'blob', missing: /\/dist\/(socket-worker|pcm-worklet)\.js/ };

/** A worker's file must have the page's own origin. From a content network, the worker starts from a blob. */
const scriptTag = {
  folder: 'script-tag',
  tool: 'saystream',
  output: '.',
  plays: [{ press: 'button' }, { press: 'say-stream' }],
  onEveryPush: true,
};

const next = {
  folder: 'next',
  tool: 'next',
  build: 'build',
  output: '.next/static',
  anyVendor: true,
  server: ['next', 'start', '-H', '127.0.0.1'],
  asks: [
    { method: 'POST', path: '/hello.wav', type: 'audio/wav', contains: /^RIFF.{4}WAVE/s },
    { method: 'GET', path: '/', type: 'text/html', contains: /Generated .*\d{4}.* bytes/s },
  ],
  // SAUTI speaks over HTTP and needs no worker.
  plays: [{ press: 'button', worker: 'none' }, { press: 'say-stream' }],
};

/** Each major of Vite with the React plugin that takes it. */
const olderVites = [
  ['5', '^5.4.0', '^4.7.0'],
  ['6', '^6.4.0', '^4.7.0'],
  ['7', '^7.3.0', '^5.2.0'],
].map(([major, vite, react]) => ({
  name: `vite-${major}`,
  folder: 'vite',
  tool: 'vite',
  versions: { vite, '@vitejs/plugin-react': react },
  build: 'build',
  output: 'dist',
}));

export const apps = [
  ...olderVites,
  { name: 'vite', folder: 'vite', tool: 'vite', build: 'build', output: 'dist', onEveryPush: true },
  { name: 'webpack', folder: 'webpack', tool: 'webpack', build: 'build', output: '.', onEveryPush: true },
  { ...scriptTag, name: 'script-tag', worker: 'blob' },
  {
    ...scriptTag,
    name: 'script-tag-jsdelivr-short',
    from: fromCdn('https://cdn.jsdelivr.net/npm/saystream@0.1'),
    worker: 'blob',
  },
  {
    ...scriptTag,
    name: 'script-tag-unpkg',
    from: fromCdn('https://unpkg.com/saystream@0.1/dist/saystream.global.js'),
    worker: 'blob',
  },
  {
    ...scriptTag,
    name: 'script-tag-unpkg-short',
    from: fromCdn('https://unpkg.com/saystream@0.1'),
    worker: 'blob',
  },
  { ...scriptTag, name: 'script-tag-own-server', from: fromCdn('/node_modules/saystream/dist/saystream.global.js') },
  { name: 'module', folder: 'module', tool: 'saystream', output: '.', worker: 'blob' },
  { name: 'import-map', folder: 'module', tool: 'saystream', output: '.', page: '/import-map.html', worker: 'blob' },
  { ...next, name: 'next', onEveryPush: true },
  bundler('rollup'),
  bundler('esbuild'),
  { ...bundler('esbuild'), name: 'esbuild-splitting', build: 'build:split', ...blobs },
  { ...bundler('parcel'), output: 'dist' },
  { ...bundler('astro'), output: 'dist' },
  { ...bundler('sveltekit'), tool: '@sveltejs/kit', output: 'build' },
];
