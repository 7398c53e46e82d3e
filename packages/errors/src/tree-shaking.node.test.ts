import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import webpack from 'webpack';

/** What only this vendor's parser, or this function, has to say. */
const marks = {
  parseAudixaError: ['"Audixa"'],
  parseSautiError: ['SAUTI', 'job_not_complete'],
  parseMoknahError: ['Moknah', 'CONCURRENT_REQUEST', 'credits_remaining'],
  parseProblemDetails: ['The server'],
  explainAudixaClose: ['closed with code'],
  // The parsers only ask whether a body has such a method.
  readFailedExchange: ['.getReader'],
} as const;

const source = fileURLToPath(new URL('.', import.meta.url));
let folder: string;

/** The package as bundlers of users meet it: one module per file, without types, beside its own package.json. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saystream-errors-'));
  const files = (await readdir(source)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  await build({
    entryPoints: files.map((file) => join(source, file)),
    outdir: folder,
    // The imports in them say `.ts`, and no bundler minds what the ending is.
    outExtension: { '.js': '.ts' },
    format: 'esm',
    target: 'es2022',
  });
  await copyFile(join(source, '../package.json'), join(folder, 'package.json'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const contentsFor = (name: string): string => `export { ${name} } from './index.ts'`;

async function esbuildOf(name: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: contentsFor(name), resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
  });
  return outputFiles[0]!.text;
}

/** With webpack's own minimizer, as in its production mode. */
async function webpackOf(name: string): Promise<string> {
  const entry = join(folder, `${name}.mjs`);
  await writeFile(entry, contentsFor(name));
  const compiler = webpack({
    mode: 'production',
    target: ['web', 'es2022'],
    context: folder,
    entry,
    experiments: { outputModule: true },
    output: { path: folder, filename: `${name}.out.mjs`, library: { type: 'module' } },
  });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error || stats?.hasErrors()) reject(error ?? new Error(stats!.toString('errors-only')));
      else compiler.close(() => resolve());
    });
  });
  return readFile(join(folder, `${name}.out.mjs`), 'utf8');
}

const bundlers = { esbuild: esbuildOf, webpack: webpackOf };
const cases = Object.entries(bundlers).flatMap(([bundler, bundleOf]) =>
  Object.keys(marks).map((name) => [bundler, name, bundleOf] as const),
);

test.each(cases)('with %s, a page that imports %s alone carries none of the others', async (_bundler, name, bundleOf) => {
  const text = await bundleOf(name);
  for (const [other, literals] of Object.entries(marks))
    for (const literal of literals) expect(text.includes(literal), `${literal} of ${other}`).toBe(other === name);
});
