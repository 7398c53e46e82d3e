// Every code block of README.md, packages/*/README.md and docs/*.md is true as written: it compiles under strict TypeScript with
// the built packages, and runs where it can. Prints what it does with each block. `node tools/check-samples.mjs README` checks the
// pages whose path contains that word. Blocks for the browser run in e2e/readme-samples.spec.ts.
import { startEmulator } from '@saystream/emulator';

import { checkCommands } from './samples/check-commands.mjs';
import { compileOnly } from './samples/compile-only.mjs';
import { compileSamples } from './samples/compile-samples.mjs';
import { readSamples } from './samples/read-samples.mjs';
import { runNodeSample } from './samples/run-node-samples.mjs';
import { makeSampleProject } from './samples/sample-project.mjs';
import { speakThroughServer } from './samples/speak-through-server.mjs';

const meaning = {
  node: 'compiled, runs against the emulator',
  server: 'compiled, a client speaks through it',
  page: 'runs in Chromium: e2e/readme-samples.spec.ts',
  compile: 'compiled only',
  command: 'its commands exist',
  json: 'parsed',
  text: 'not checked',
};

/** How each kind of block is tried. @type {Record<string, (sample: object, project: object, emulator: object) => Promise<string | undefined> | void>} */
const trials = {
  node: (sample, project, emulator) => runNodeSample(project, sample, emulator),
  server: (sample, project, emulator) => speakThroughServer(project, sample, emulator),
  json: ({ text }) => void JSON.parse(text),
};

const word = process.argv[2] ?? '';
const all = readSamples();
const samples = all.filter(({ page }) => page.includes(word));
const problems = Object.keys(compileOnly)
  .filter((id) => !all.some((sample) => sample.id === id && sample.use === 'compile'))
  .map((id) => `tools/samples/compile-only.mjs names ${id}, which is no block`);

const project = makeSampleProject();
const emulator = await startEmulator({ rate: Infinity });
try {
  problems.push(
    ...compileSamples(
      project,
      samples.filter(({ language }) => /^(tsx?|js)$/.test(language)),
    ),
  );
  for (const sample of samples) {
    const at = `${sample.page}:${sample.line}`;
    if (sample.use === 'command') problems.push(...checkCommands(sample));
    try {
      const problem = await trials[sample.use]?.(sample, project, emulator);
      if (problem) problems.push(`${at} ${problem}`);
    } catch (error) {
      problems.push(`${at} ${error.message}`);
    }
    const why = sample.use === 'compile' ? `: ${compileOnly[sample.id]}` : '';
    console.log(`${at.padEnd(36)} ${sample.language.padEnd(6)} ${meaning[sample.use]}${why}`);
  }
} finally {
  await emulator.close();
  project.remove();
}

for (const problem of problems) console.log(`\n${problem}`);
console.log(problems.length === 0 ? `\n${samples.length} blocks are true.` : `\n${problems.length} problems.`);
process.exitCode = problems.length === 0 && samples.length > 0 ? 0 : 1;
