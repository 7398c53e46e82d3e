// pnpm's hook for `pnpm pack` and `pnpm publish`: a published manifest is the package's own without the condition that
// leads to the sources. pnpm-lock.yaml holds this file's checksum: run `pnpm install` after a change.
const withoutSources = (value) =>
  value && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([condition]) => condition !== '@saystream/source')
          .map(([condition, target]) => [condition, withoutSources(target)]),
      )
    : value;

export const hooks = {
  beforePacking: (manifest) => ({
    ...manifest,
    ...(manifest.exports && { exports: withoutSources(manifest.exports) }),
    ...(manifest.imports && { imports: withoutSources(manifest.imports) }),
  }),
};
