import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { apiReport } from './check-api.mjs';
import { missingIn } from './check-architecture.mjs';
import { undocumentedIn } from './check-docs.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'public-api-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function undocumented(declarations: string): string[] {
  const file = join(folder, 'index.d.ts');
  // Declarations are bundled one member a line; a comment counts for what begins after it.
  writeFileSync(file, declarations.replaceAll(/[{;] /g, '$&\n'));
  return undocumentedIn(file);
}

describe('doc comments', () => {
  test('everything that is exported is asked for, and nothing else', () => {
    const declarations = `
      declare function bare(): void;
      /** Explained. */
      declare function explained(): void;
      declare const hidden: number;
      declare const count: number;
      export { bare, explained, count };`;
    expect(undocumented(declarations)).toEqual(['bare', 'count']);
  });

  test('members of interfaces, classes and type literals are asked for, private ones are not', () => {
    const declarations = `
      /** A thing. */
      interface Thing { /** Size in Hz. */ size: number; weight: number; inner: { /** Yes. */ a: 1; b: 2 } }
      /** A class. */
      declare class Maker { #secret; private hidden; /** Makes. */ make(): void; stop(): void }
      /** Two ways. */
      type Way = { /** Which. */ kind: 'a'; far: number } | { kind: 'b' };
      export { type Thing, Maker, type Way };`;
    expect(undocumented(declarations)).toEqual(['Thing.weight', 'Thing.inner', 'Thing.inner.b', 'Maker.stop', 'Way.far']);
  });

  test('what another package declares is documented there', () => {
    expect(undocumented(`export { Voice } from '@saystream/core';`)).toEqual([]);
  });

  test('an empty comment explains nothing', () => {
    expect(undocumented('/** */\ndeclare const it: 1;\nexport { it };')).toEqual(['it']);
  });
});

describe('the API report', () => {
  const declarations = '/** Old words. */\ndeclare function b(x: number): void;\ndeclare const a: 1;\nexport { a, b };\n';

  test('comments and the order of declarations make no difference', () => {
    const reworded = 'declare const a: 1;\n/** New words. */\ndeclare function b(x: number): void;\nexport { a, b };\n';
    expect(apiReport(reworded)).toBe(apiReport(declarations));
  });

  test('another parameter makes a difference', () => {
    expect(apiReport(declarations.replace('x: number', 'x?: number'))).not.toBe(apiReport(declarations));
  });

  test('an export that is gone makes a difference', () => {
    expect(apiReport(declarations.replace('{ a, b }', '{ a }'))).not.toBe(apiReport(declarations));
  });
});

describe('paths named in pages', () => {
  const tree = {
    files: ['packages/core/src/audio/write-wav.ts', 'packages/core/package.json', 'tools/test.mjs', 'README.md'],
    packages: ['@saystream/core'],
  };
  const missing = (markdown: string): string[] => missingIn(markdown, tree);

  test.each([
    '`packages/core/src/audio/write-wav.ts`',
    '`packages/core/`',
    '`packages/*/src/**`',
    '`write-wav.ts`',
    '`@saystream/core`',
    '`tools/test.mjs:12`',
  ])('%s exists', (text) => {
    expect(missing(`See ${text}.`)).toEqual([]);
  });

  test.each([
    '`packages/core/src/audio/read-wav.ts`',
    '`packages/relay`',
    '`packages/*/lib`',
    '`read-wav.ts`',
    '`@saystream/relay`',
  ])('%s does not exist', (text) => {
    expect(missing(`See ${text}.`)).toEqual([text.slice(1, -1)]);
  });

  test.each([
    '`packages/<vendor>/src`',
    '`x.browser.test.ts`',
    '`packages/core/dist/index.js`',
    '`audio/wav`',
    '`GET /v3/tts`',
    '`pnpm test`',
    '`speech.done`',
  ])('%s is no path of ours', (text) => {
    expect(missing(`See ${text}.`)).toEqual([]);
  });

  test('fenced code is not read', () => {
    expect(missing('```ts\nimport x from `packages/none`\n```\n')).toEqual([]);
  });
});
