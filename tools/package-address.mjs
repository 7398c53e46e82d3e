// Where a bundled file looks for its neighbours (the worklet, the decoders, the element): beside itself. A CDN also serves it
// under the package's short address, such as https://unpkg.com/saystream@0.1; then they are in dist/ under that address.
import { basename } from 'node:path';

const address = 'packageAddress$';
const names = { saystream: 'saystream', player: '@saystream/player' };

const nameOf = (file) => names[basename(file).replace(/\.(global|browser)\.js$/, '')];

/** Whether a file is one that a CDN serves under the short address of a package with neighbours. */
export const hasNeighbours = (file) => Boolean(nameOf(file));

/** The address of a script, which stays the short one when a CDN redirects it; the document's for an inline script. */
const ofScript = (long) => `((d, s) => s ? ${long('s')} : d?.baseURI ?? globalThis.location?.href)(
  globalThis.document, globalThis.document?.currentScript?.src)`;

/**
 * `output.intro` of Rollup: the constant that stands for `import.meta.url` in the files of packages with neighbours.
 *
 * @param {string} file
 * @param {'es' | 'iife'} format
 */
export function packageAddress(file, format) {
  const name = nameOf(file);
  if (!name) return '';
  const short = `/\\/${name.replace('/', '\\/')}(@[^/?#]*)?\\/?([?#].*)?$/`;
  const long = (url) => `${url}.replace(${short}, '/${name}$1/dist/')`;
  return `const ${address} = ${format === 'iife' ? ofScript(long) : long('import.meta.url')};`;
}

/** A Rollup plugin: modules in such a file ask that constant. */
export const neighboursOf = (files) => ({
  name: 'neighbours-of',
  resolveImportMeta: (property) => (property === 'url' && files.every(hasNeighbours) ? address : null),
});
