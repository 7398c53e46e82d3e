// The apps of the suite. Each row is one app, built or run as its user would.
//   folder    the app under examples/
//   tool      the npm package whose version is reported
//   versions  dependencies that replace those of the app's package.json
//   build     the npm script that builds it; absent: nothing to build
//   output    folders that are served and searched for words, relative to the app
//   page      the page to open. Default: /
//   play      what speaks: `button`, the page's first one (default), or `say-stream`
//   from      text of the page that is replaced when it is served: [what, by what]
//   worker    where the socket worker comes from: `file` (default), `blob`, or `none` when the page holds the socket
//   worklet   where the audio worklet comes from: `file` (default) or `blob`
//   onEveryPush  part of `.ci/run`; all rows run every night

/** Content networks serve a package's files by path, and one file by the short address that `unpkg` or `jsdelivr` names. */
const fromCdn = (address) => [/https:\/\/cdn\.jsdelivr\.net\/npm\/saystream@0\.1\/dist\/saystream\.global\.js/, address];

/** A worker's file must have the page's own origin. From a content network, the worker starts from a blob. */
const scriptTag = { folder: 'script-tag', tool: 'saystream', output: ['.'], onEveryPush: true };

export const apps = [
  { name: 'vite', folder: 'vite', tool: 'vite', build: 'build', output: ['dist'], onEveryPush: true },
  {
    name: 'vite-7',
    folder: 'vite',
    tool: 'vite',
    versions: { vite: '^7.3.0', '@vitejs/plugin-react': '^5.2.0' },
    build: 'build',
    output: ['dist'],
  },
  { name: 'webpack', folder: 'webpack', tool: 'webpack', build: 'build', output: ['.'], onEveryPush: true },
  { ...scriptTag, name: 'script-tag', worker: 'blob' },
  { ...scriptTag, name: 'script-tag-element', play: 'say-stream', worker: 'blob' },
  {
    ...scriptTag,
    name: 'script-tag-jsdelivr-short',
    from: fromCdn('https://cdn.jsdelivr.net/npm/saystream@0.1'),
    play: 'say-stream',
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
    play: 'say-stream',
    worker: 'blob',
  },
  { ...scriptTag, name: 'script-tag-own-server', from: fromCdn('/node_modules/saystream/dist/saystream.global.js') },
  { name: 'module', folder: 'module', tool: 'saystream', output: ['.'], worker: 'blob' },
  { name: 'import-map', folder: 'module', tool: 'saystream', output: ['.'], page: '/import-map.html', worker: 'blob' },
];
