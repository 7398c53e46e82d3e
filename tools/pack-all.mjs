// `pnpm pack:all`: builds every published package, packs them into dist-tarballs/ and prints the npm command that installs them.
// `--built` packs what is built already.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { packPackage } from './pack-packages.mjs';
import { requireNode, runTool, step, tools } from './steps.mjs';
import { builtPackages, root } from './workspace-packages.mjs';

/** Where the tarballs are. Git ignores it. */
export const tarballFolder = join(root, 'dist-tarballs');

/**
 * Packs every published package. Tarballs of an earlier run are deleted.
 *
 * @param {{ build: boolean }} options `build: false` packs the `dist` folders as they are
 * @returns {Promise<{ name: string, tarball: string }[]>}
 */
export async function packAll({ build }) {
  if (build) {
    await step('Build', () => runTool(tools.rollup, ['-c', '--silent']));
    await step('Declarations', () => runTool(tools.types));
  }
  rmSync(tarballFolder, { recursive: true, force: true });
  mkdirSync(tarballFolder);
  return step('Pack', () => builtPackages().map((each) => packPackage(each, tarballFolder)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  requireNode(20, 19);
  const packed = await packAll({ build: !process.argv.includes('--built') });
  // Absolute, because the command is run in another folder.
  const paths = packed.map(({ tarball }) => JSON.stringify(tarball));
  console.log(
    `\n${packed.length} tarballs. Install all of them with one command in your app's folder, because they depend on each other:\n`,
  );
  console.log(`npm install ${paths.join(' ')}`);
}
