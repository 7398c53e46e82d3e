// A folder in which samples find the built packages and their types as an installed app does.
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { publishedPackages, root } from '../workspace-packages.mjs';

/** Packages of others that samples import, and the folder whose dependency each one is. */
const others = {
  '@ai-sdk/openai': '.',
  '@anthropic-ai/sdk': '.',
  '@types/node': '.',
  '@types/react': 'e2e',
  '@types/ws': '.',
  ai: '.',
  ky: 'packages/core',
  openai: '.',
  redis: 'packages/relay',
  vitest: '.',
  ws: '.',
};

/**
 * Makes the folder. Its `node_modules` holds links.
 *
 * @returns {{ folder: string, remove(): void }}
 */
export function makeSampleProject() {
  const folder = mkdtempSync(join(tmpdir(), 'saystream-samples-'));
  const link = (name, target) => {
    const path = join(folder, 'node_modules', name);
    if (!existsSync(target)) throw new Error(`${target} does not exist. Install and build first.`);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path, 'junction');
  };
  for (const { folder: from, manifest } of publishedPackages()) link(manifest.name, join(root, from));
  for (const [name, from] of Object.entries(others)) link(name, join(root, from, 'node_modules', name));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
