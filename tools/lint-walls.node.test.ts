import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const imports = 'eslint(no-restricted-imports)';
const globals = 'eslint(no-restricted-globals)';

const use = (specifier: string) => `import * as it from '${specifier}';\nexport const used = it;\n`;
const useType = (specifier: string) => `import type { It } from '${specifier}';\nexport type Used = It;\n`;
const lines = (count: number) => 'export const at = [\n' + '  0,\n'.repeat(count) + '];\n';
const longFunction = (count: number) => `export function long(at: number[]): void {\n${'  at.push(0);\n'.repeat(count)}}\n`;

/** [what is wrong, the file, its source, the rule that must catch it, a part of what the rule says]. */
const offences: [title: string, file: string, source: string, rule: string, says: string][] = [
  ['errors imports core', 'packages/errors/src/a1.ts', use('@saystream/core'), imports, 'nothing at all'],
  ['errors imports a library', 'packages/errors/src/a2.ts', use('valibot'), imports, 'nothing at all'],
  [
    'errors imports a type of another package',
    'packages/errors/src/a3.ts',
    useType('@saystream/core'),
    imports,
    'nothing at all',
  ],
  ['errors imports Node', 'packages/errors/src/a4-node.ts', use('node:http'), imports, 'nothing at all'],
  ['core imports a vendor', 'packages/core/src/b1.ts', use('@saystream/audixa'), imports, 'errors alone'],
  [
    'core re-exports the umbrella',
    'packages/core/src/b2.ts',
    "export { createAudixa } from 'saystream';\n",
    imports,
    'errors alone',
  ],
  ['core imports ky outside http', 'packages/core/src/stream/b3.ts', use('ky'), imports, 'core/src/http/'],
  [
    'core imports isomorphic-ws elsewhere',
    'packages/core/src/socket/b4.ts',
    use('isomorphic-ws'),
    imports,
    'isomorphic-socket-node.ts',
  ],
  ['core imports ws directly', 'packages/core/src/socket/b5-node.ts', use('ws'), imports, 'isomorphic-socket-node.ts'],
  ['core imports Node elsewhere', 'packages/core/src/audio/b6.ts', use('node:buffer'), imports, 'isomorphic-socket-node.ts'],
  [
    'core/http imports a vendor lazily',
    'packages/core/src/http/b7.ts',
    "export const late = import('@saystream/moknah');\n",
    imports,
    'no vendor',
  ],
  ['a vendor imports a vendor', 'packages/audixa/src/c1.ts', use('@saystream/moknah'), imports, 'never import each other'],
  [
    'a vendor imports a type of a vendor',
    'packages/sauti/src/c2.ts',
    useType('@saystream/audixa'),
    imports,
    'never import each other',
  ],
  [
    'a vendor re-exports a vendor',
    'packages/moknah/src/c3.ts',
    "export * from '@saystream/sauti';\n",
    imports,
    'never import each other',
  ],
  ['a vendor imports the emulator', 'packages/audixa/src/c4.ts', use('@saystream/emulator'), imports, 'stands on'],
  ['a vendor imports ky', 'packages/audixa/src/c5.ts', use('ky'), imports, "core's"],
  ['a vendor imports the player', 'packages/audixa/src/c6.ts', use('@saystream/player'), imports, 'stands on'],
  [
    'a vendor reaches into core',
    'packages/audixa/src/c7.ts',
    use('@saystream/core/dist/http/create-http.js'),
    imports,
    'stands on',
  ],
  ['the player imports core', 'packages/player/src/d1.ts', use('@saystream/core'), imports, 'types only'],
  [
    'the player imports a type of the emulator',
    'packages/player/src/d2.ts',
    useType('@saystream/emulator'),
    imports,
    'knows the emulator',
  ],
  ['the emulator imports errors', 'packages/emulator/src/e1.ts', use('@saystream/errors'), imports, 'nothing of ours'],
  [
    'the emulator imports a type of a client',
    'packages/emulator/src/e2.ts',
    useType('@saystream/audixa'),
    imports,
    'nothing of ours',
  ],
  ['the relay imports core', 'packages/relay/src/m1.ts', use('@saystream/core'), imports, 'The relay stands on'],
  ['the relay imports Node', 'packages/relay/src/http/m2.ts', use('node:crypto'), imports, 'any runtime'],
  ['the relay imports ws outside its Node half', 'packages/relay/src/socket/m3.ts', use('ws'), imports, 'The relay stands on'],
  ['the relay imports redis outside its command', 'packages/relay/src/store/m4.ts', use('redis'), imports, 'The relay stands on'],
  ['the relay imports the emulator', 'packages/relay/src/m5.ts', useType('@saystream/emulator'), imports, 'The relay stands on'],
  ['process in the relay', 'packages/relay/src/m6.ts', 'export const it = process.env;\n', globals, 'x-node.ts'],
  [
    "the relay's Node half imports a client",
    'packages/relay/src/socket/m7-node.ts',
    use('@saystream/audixa'),
    imports,
    "relay's Node half",
  ],
  [
    "the relay's command imports the emulator",
    'packages/relay/src/node/command/m8.ts',
    use('@saystream/emulator'),
    imports,
    "relay's Node half",
  ],
  ["window in the relay's Node half", 'packages/relay/src/node/m9.ts', 'export const it = window;\n', globals, 'in Node'],
  ['the umbrella imports the emulator', 'packages/saystream/src/f1.ts', use('@saystream/emulator'), imports, 'only gathers'],
  ['a new package imports anything', 'packages/brand-new/src/g1.ts', use('@saystream/core'), imports, 'own list'],
  ['a relative path leaves the package', 'packages/audixa/src/h1.ts', use('../../core/src/index.ts'), imports, 'by its name'],
  [
    'a relative path leaves a deep folder',
    'packages/core/src/http/h2.ts',
    use('../../../errors/src/index.ts'),
    imports,
    'by its name',
  ],
  [
    'a test reaches into another package',
    'packages/audixa/src/h3.test.ts',
    use('../../core/dist/index.js'),
    imports,
    'by its name',
  ],
  ['an end-to-end test reads sources', 'e2e/h4.ts', use('../packages/core/src/index.ts'), imports, 'by its name'],
  ['the demo reads sources', 'packages/demo/src/page/h5.ts', use('../../../player/src/index.ts'), imports, 'by its name'],
  ['a test for every engine imports Node', 'packages/core/src/i1.test.ts', use('node:fs'), imports, 'x.node.test.ts'],
  ['window in a file for every runtime', 'packages/core/src/j1.ts', 'export const it = window;\n', globals, 'x-browser.ts'],
  [
    'document in a file for every runtime',
    'packages/saystream/src/j2.ts',
    'export const it = document;\n',
    globals,
    'x-browser.ts',
  ],
  [
    'navigator in a file for every runtime',
    'packages/audixa/src/j3.ts',
    'export const it = navigator;\n',
    globals,
    'x-browser.ts',
  ],
  ['process in a file for every runtime', 'packages/core/src/j4.ts', 'export const it = process.env;\n', globals, 'x-node.ts'],
  [
    'Buffer in a file for every runtime',
    'packages/errors/src/j5.ts',
    'export const it = Buffer.from([1]);\n',
    globals,
    'Uint8Array',
  ],
  ['process in the player', 'packages/player/src/j6.ts', 'export const it = process.env;\n', globals, 'in a page'],
  ['process in the element', 'packages/saystream/src/element/j10.ts', 'export const it = process.env;\n', globals, 'in a page'],
  ['process in a browser file', 'packages/core/src/j7-browser.ts', 'export const it = process.env;\n', globals, 'in a page'],
  ['window in a Node file', 'packages/core/src/j8-node.ts', 'export const it = window;\n', globals, 'in Node'],
  ['document in the emulator', 'packages/emulator/src/j9.ts', 'export const it = document;\n', globals, 'in Node'],
  ['any', 'packages/core/src/k1.ts', 'export const it = (x: any): unknown => x;\n', 'typescript(no-explicit-any)', ''],
  [
    'a suppression that suppresses nothing',
    'packages/core/src/k2.ts',
    '// oxlint-disable-next-line no-console\nexport const it = 1;\n',
    '',
    'Unused',
  ],
  ['an unused variable', 'packages/core/src/k3.ts', 'const it = 1;\nexport {};\n', 'eslint(no-unused-vars)', ''],
  [
    'a promise nobody waits for',
    'packages/core/src/k4.ts',
    'export const it = (): void => {\n  Promise.resolve(1);\n};\n',
    'typescript(no-floating-promises)',
    '',
  ],
  [
    'a switch that forgets a case',
    'packages/core/src/k5.ts',
    "export function it(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n",
    'typescript(switch-exhaustiveness-check)',
    '',
  ],
  ['a file over 300 lines', 'packages/core/src/k6.ts', lines(300), 'eslint(max-lines)', ''],
  ['a function over 60 lines', 'packages/core/src/k7.ts', longFunction(60), 'eslint(max-lines-per-function)', ''],
  ['a file name in camelCase', 'packages/core/src/kEight.ts', 'export const it = 1;\n', 'unicorn(filename-case)', ''],
  [
    'an import cycle',
    'packages/core/src/l1.ts',
    "import { two } from './l2.ts';\nexport const one = (): unknown => two;\n",
    'import(no-cycle)',
    '',
  ],
  [
    'the other end of that cycle',
    'packages/core/src/l2.ts',
    "import { one } from './l1.ts';\nexport const two = (): unknown => one;\n",
    'import(no-cycle)',
    '',
  ],
];

/** Everything that the walls allow, one file each. */
const allowed: [file: string, source: string][] = [
  ['packages/errors/src/speech-error.ts', 'export class SpeechError extends Error {}\n'],
  ['packages/errors/src/ok-index.ts', "export { SpeechError } from './speech-error.ts';\n"],
  ['packages/core/src/ok1.ts', use('@saystream/errors') + "export { dialSocket } from '#isomorphic-socket';\n"],
  ['packages/core/src/http/ok2.ts', use('ky') + "export { SpeechError } from '@saystream/errors';\n"],
  [
    'packages/core/src/socket/isomorphic-socket-node.ts',
    use('isomorphic-ws') + "export type { IncomingMessage } from 'node:http';\nexport const env = process.env;\n",
  ],
  ['packages/core/src/ok3-browser.ts', 'export const it = [window, document, navigator];\n'],
  [
    'packages/audixa/src/ok4.ts',
    use('@saystream/core') + "export { SpeechError } from '@saystream/errors';\nexport { object } from 'valibot';\n",
  ],
  ['packages/audixa/src/stream/ok5.ts', use('../ok4.ts')],
  [
    'packages/player/src/ok6.ts',
    useType('@saystream/core') +
      "export { default as source } from 'virtual:pcm-worklet-source';\nexport const it = [window, document];\n",
  ],
  ['packages/emulator/src/ok7.ts', use('ws') + "export { createServer } from 'node:http';\nexport const env = process.env;\n"],
  [
    'packages/saystream/src/ok8.ts',
    "export { createAudixa } from '@saystream/audixa';\nexport { createPlayer } from '@saystream/player';\n",
  ],
  ['packages/saystream/src/element/ok15.ts', use('@saystream/player') + 'export const it = [window, document, navigator];\n'],
  ['packages/saystream/src/page-doctor/ok16.ts', 'export const it = [window, document, navigator];\n'],
  [
    'packages/relay/src/ok15.ts',
    useType('node:http') + use('jose') + "export { object } from 'valibot';\nexport { SpeechError } from '@saystream/errors';\n",
  ],
  ['packages/relay/src/socket/ok16-node.ts', use('ws') + "export { createServer } from 'node:http';\n"],
  [
    'packages/relay/src/node/command/ok17.ts',
    use('redis') + "export { pipeline } from 'node:stream/promises';\nexport const env = process.env;\n",
  ],
  [
    'packages/demo/src/server/ok9.ts',
    use('@saystream/emulator') + "export { createServer } from 'node:http';\nexport const env = process.env;\n",
  ],
  ['packages/demo/src/page/ok10.ts', use('saystream') + 'export const it = window;\n'],
  ['packages/audixa/src/ok11.test.ts', use('@saystream/emulator') + longFunction(80)],
  [
    'packages/audixa/src/ok12.node.test.ts',
    use('node:fs') + "export { startEmulator } from '@saystream/emulator';\nexport const env = process.env;\n",
  ],
  ['e2e/ok13.ts', use('@saystream/emulator') + longFunction(80)],
  ['tests/ok14.ts', use('@saystream/emulator')],
];

interface Finding {
  readonly code?: string;
  readonly message: string;
  readonly help?: string;
  readonly filename: string;
}

let folder: string;
let findings: Map<string, Finding[]>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-walls-'));
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { strict: true, module: 'esnext', noEmit: true } }),
  );
  for (const [file, source] of [...offences.map(([, name, text]) => [name, text] as const), ...allowed]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  }
  const lint = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    // The type-aware half is found on the path, as pnpm sets it for scripts.
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}` },
  });
  const { diagnostics } = JSON.parse(lint.stdout) as { diagnostics: Finding[] };
  findings = new Map();
  for (const finding of diagnostics) findings.set(finding.filename, [...(findings.get(finding.filename) ?? []), finding]);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(offences)('%s: the lint fails in %s', (_title, file, _source, rule, says) => {
  const found = (findings.get(file) ?? []).map(({ code = '', message, help = '' }) => ({ code, text: `${message} ${help}` }));
  expect(found).toContainEqual({ code: rule, text: expect.stringContaining(says) as string });
});

test.each(allowed)('%s is within the walls', (file) => {
  expect(findings.get(file) ?? []).toEqual([]);
});
