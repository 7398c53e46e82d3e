// A Rollup plugin for the files that the script tag's file loads from beside itself: what they import from the packages
// is taken from that script, which leaves it under this symbol, so that a page loads nothing twice.
const virtual = '\0library-of-the-script';

export const libraryOfTheScript = () => ({
  name: 'library-of-the-script',
  resolveId: { order: 'pre', handler: (id) => (id.startsWith('@saystream/') ? virtual : null) },
  load: (id) =>
    id === virtual ? { code: "export default globalThis[Symbol.for('saystream.library')];", syntheticNamedExports: true } : null,
});
