import { defineConfig } from 'vitest/config';

// What runs against each mutant (docs/errors/mutation-testing.md): only Node, only this package, no emulator.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // The first bundles the package from disk, where no mutant is switched on; the second draws its inputs at random.
    exclude: ['src/tree-shaking.node.test.ts', 'src/hostile-input.test.ts'],
    testTimeout: 20_000,
  },
});
