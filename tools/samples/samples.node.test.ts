import { readFileSync } from 'node:fs';

import { startEmulator } from '@saystream/emulator';
import { afterAll, expect, test } from 'vitest';

import { checkCommands } from './check-commands.mjs';
import { compileSamples } from './compile-samples.mjs';
import { readSamples, samplesIn } from './read-samples.mjs';
import { runNodeSample } from './run-node-samples.mjs';
import { makeSampleProject } from './sample-project.mjs';
import { speakThroughServer } from './speak-through-server.mjs';

const project = makeSampleProject();
const emulator = await startEmulator({ rate: Infinity });
afterAll(async () => {
  await emulator.close();
  project.remove();
});

const block = (code: string, language = 'ts') => samplesIn('PAGE.md', `# Title\n\n\`\`\`${language}\n${code}\n\`\`\`\n`)[0]!;
const relay = readSamples().find(({ page, use }) => page === 'README.md' && use === 'server')!;

test('reads each block with its page, heading, line and file', () => {
  const markdown = '# A\n\n**server.mjs**\n\n```js\n1;\n```\n\n## B\n\n```sh\nls\n```\n\n```ini\na=1\n```\n';
  expect(samplesIn('PAGE.md', markdown)).toEqual([
    { page: 'PAGE.md', heading: 'A', line: 5, language: 'js', id: 'PAGE.md#A', file: 'server.mjs', text: '1;\n', use: 'page' },
    { page: 'PAGE.md', heading: 'B', line: 11, language: 'sh', id: 'PAGE.md#B', text: 'ls\n', use: 'command' },
    { page: 'PAGE.md', heading: 'B', line: 15, language: 'ini', id: 'PAGE.md#B (2)', text: 'a=1\n', use: 'text' },
  ]);
});

test('refuses a block without an end', () => {
  expect(() => samplesIn('PAGE.md', 'Text.\n```ts\n1;\n')).toThrow('PAGE.md:2: the code block has no end.');
});

test.each([
  ['an undeclared name', "import { createAudixa } from '@saystream/audixa';\ncreateAudixa({ apiKey });", 5, 'apiKey'],
  ['a name that the package does not export', "import { createAudixo } from '@saystream/audixa';", 4, 'createAudixo'],
  ['a wrong option', "import { createPlayer } from '@saystream/player';\ncreatePlayer({ volum: 1 });", 5, 'volum'],
  ['an implicit any', 'export const twice = (it) => it + it;', 4, 'any'],
])('does not compile %s', (_, code, line, word) => {
  const problems = compileSamples(project, [block(code)]);
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^PAGE\\.md:${line} .*${word}`))]);
});

test.each([
  ['throws', "throw new Error('broken');", 'broken'],
  ['prints something else than it says', "console.log('one'); // prints two", 'does not print two'],
  ['takes a key and asks no vendor', 'console.log(process.env.AUDIXA_API_KEY?.length);', 'does not speak'],
  [
    'connects to another machine',
    "await fetch('http://192.0.2.1/').catch((error) => { throw error.cause ?? error; });",
    'may not connect',
  ],
])('fails a sample that %s', async (_, code, reason) => {
  await expect(runNodeSample(project, block(code), emulator)).resolves.toContain(reason);
});

test('sends the requests and sockets of a sample to the emulator, and leaves its text alone', async () => {
  const code = `import { createAudixa } from '@saystream/audixa';
const speech = createAudixa({ apiKey: process.env.AUDIXA_API_KEY }).voice('am_ethan').say('Unchanged.');
console.log((await speech.outcome).verdict); // prints completed`;
  await expect(runNodeSample(project, block(code), emulator)).resolves.toBeUndefined();
  expect(emulator.ledger.at(-1)).toMatchObject({ text: 'Unchanged.', transport: 'socket' });
});

test.each([
  ['is right', (text: string) => text, undefined],
  ['allows another origin', (text: string) => text.replace('app.example', 'other.example'), 'failed'],
  ['forgets the upgrade', (text: string) => text.replace(/^server\.on.*$/m, ''), 'failed'],
])('speaks through a server that %s', async (_, change, problem) => {
  const spoken = await speakThroughServer(project, { ...relay, text: change(relay.text) }, emulator);
  if (problem) expect(spoken).toContain(problem);
  else expect(spoken).toBeUndefined();
});

const { packageManager } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  packageManager: string;
};
test.each([
  ['npm install @saystream/errors', ['@saystream/errors is not on npm: install its tarball']],
  ['npm install redis ./dist-tarballs/saystream-errors-0.1.0.tgz', []],
  ['npx -p @saystream/relay@0.1 saystream-relay', ['@saystream/relay is not on npm: install its tarball']],
  ['npx -y pnpm@1.0.0 start', [`pnpm@1.0.0 is not ${packageManager}`]],
  ['npx pnpm strat # a comment', ['package.json has no script strat']],
  ['pnpm --filter @saystream/bench playbook', ['@saystream/bench has no script playbook']],
  [`npx -y ${packageManager} pack:all`, []],
])('checks the command %s', (command, problems) => {
  expect(checkCommands(block(command, 'sh'))).toEqual(problems.map((problem) => `PAGE.md:4 ${problem}`));
});

test('finds a shell block that bash cannot read', () => {
  expect(checkCommands(block('echo "open', 'sh'))).toEqual([expect.stringContaining('unexpected EOF')]);
});
