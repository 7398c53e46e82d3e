// Rollup plugins that look after what lands in dist/.
import { builtinModules } from 'node:module';
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const builtins = new Set(builtinModules);

/** Makes a command runnable; Rollup keeps its first line, `#!/usr/bin/env node`. */
export const executable = (fileName) => ({
  name: 'executable',
  writeBundle({ dir }, bundle) {
    if (bundle[fileName]) chmodSync(join(dir, fileName), 0o755);
  },
});

/** Fails the build when Node's modules, or `ws`, would get into a file for browsers. */
export const noNodeInBrowsers = () => ({
  name: 'no-node-in-browsers',
  resolveId: {
    order: 'pre',
    handler(id, importer) {
      const isNodes = id.startsWith('node:') || builtins.has(id) || id === 'ws' || id === 'isomorphic-ws';
      if (isNodes) this.error(`${relative('.', importer ?? '')} brings "${id}" into a file for browsers.`);
      return null;
    },
  },
});

const distOf = (path) => {
  const parts = resolve(path).split(sep);
  return parts.slice(0, parts.lastIndexOf('dist') + 1).join(sep);
};

/**
 * Removes from each dist/ what this build did not write, once all of it is written: nothing stale is ever published, and
 * nothing is missing while a build runs. Declarations are left to tools/build-types.mjs.
 */
export function keepDistClean() {
  const written = new Set();
  let outputsLeft = 0;
  const prune = () => {
    for (const folder of new Set([...written].map(distOf))) {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile() && !written.has(path) && !/\.d\.c?ts$/.test(path)) rmSync(path);
      }
    }
  };
  return {
    name: 'keep-dist-clean',
    /** Tells how many outputs are to be written before anything is stale. */
    expect(configs) {
      outputsLeft = configs.reduce((sum, { output }) => sum + (Array.isArray(output) ? output.length : 1), 0);
    },
    writeBundle({ dir, file }, bundle) {
      for (const fileName of Object.keys(bundle)) written.add(resolve(dir ?? dirname(file), fileName));
      if (--outputsLeft === 0) prune();
    },
  };
}
