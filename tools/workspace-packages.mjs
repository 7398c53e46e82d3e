// The packages of this workspace, as the tools see them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const read = (folder) => ({ folder, manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) });

/** @returns {{ folder: string, manifest: Record<string, any> }[]} every package; `folder` is relative to the root. */
export const allPackages = () =>
  [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'e2e']
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map(read);

/** Those that are published. */
export const publishedPackages = () => allPackages().filter(({ manifest }) => !manifest.private);

/** Those that are published and already have an entry to build. */
export const builtPackages = () => publishedPackages().filter(({ folder }) => existsSync(join(root, folder, 'src/index.ts')));

/** Those that also ship bundled, for pages and for Node: see tools/package-bundles.mjs. */
export const bundledPackages = () => builtPackages().filter(({ manifest }) => manifest.unpkg);

/**
 * What a package offers to a compiler: `node/index` stands for src/node/index.ts and dist/node/index.d.ts.
 *
 * @returns {string[]} `index` first
 */
export const typedEntries = ({ manifest }) => [
  ...new Set(Object.values(manifest.exports).flatMap(({ types }) => (types ? [types.replace(/^\.\/dist\/|\.d\.ts$/g, '')] : []))),
];

/** @returns {string[]} the entries among them that require() has files of its own for */
export const requiredEntries = ({ manifest }) =>
  Object.values(manifest.exports).flatMap(({ require }) =>
    require ? [require.types.replace(/^\.\/dist\/|\.d\.cts$/g, '')] : [],
  );
