// `pnpm test:quick [base]`: runs the Node unit tests that a change can affect. `base` is the commit to compare with; by
// default the branch point from origin/main, or HEAD where there is no origin. Uncommitted files always count as changed.
import { execFileSync } from 'node:child_process';

import { requireNode, root, runTool, step, tools } from './steps.mjs';

requireNode(20, 19);

/** Returns what git prints, or undefined where git fails (no such branch, no repository). */
function git(...args) {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** Tests of built packages, which only `pnpm test` builds, and the long trials. */
const left = [
  'tests/relay/{readme-page,recipes,neighbours}.node.test.ts',
  'tests/error-guide.node.test.ts',
  'tools/samples/**',
  'tests/trials/**',
];

const base = process.argv.slice(2).find((argument) => argument !== '--') ?? git('merge-base', 'HEAD', 'origin/main') ?? 'HEAD';
const commit = git('rev-parse', '--verify', `${base}^{commit}`);

if (!commit) {
  console.error(`${base} is not a commit. Name a branch, a tag or a commit: pnpm test:quick main`);
  process.exit(1);
}
try {
  await step(`Node unit tests of what changed since ${commit.slice(0, 9)}`, () =>
    runTool(tools.vitest, [
      'run',
      '--project=node',
      `--changed=${commit}`,
      ...left.map((pattern) => `--exclude=${pattern}`),
      '--passWithNoTests',
    ]),
  );
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
