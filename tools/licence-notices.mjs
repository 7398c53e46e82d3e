// The licences of what a bundled file holds from other packages, as a comment at its beginning: `output.banner` of Rollup.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const packageFolder = /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

function noticeOf(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} is bundled, and has no licence file to repeat.`);
  return `${name} ${version}\n${readFileSync(join(folder, file), 'utf8').trim()}`;
}

/**
 * @param {{ modules: Record<string, unknown> }} chunk
 * @returns {string} a comment that minifiers keep, or nothing when the file holds only modules of ours
 */
export function licenceNotices({ modules }) {
  const folders = new Set(Object.keys(modules).flatMap((id) => packageFolder.exec(id)?.[1] ?? []));
  if (folders.size === 0) return '';
  return `/*! Holds:\n${[...folders].sort().map(noticeOf).join('\n\n')}\n*/`;
}
