// `pnpm check`: every check that is not a test, each named and timed. Goes on after a failure and ends with the count.
import { requireNode, runTool, step, tools } from './steps.mjs';

requireNode(20, 19);
const tsc = 'node_modules/typescript/lib/tsc.js';
const attached = (script, args) => () => runTool(script, args);

/** Format, lint and types need no build, and say most; what follows looks at the built packages. */
const checks = [
  ['Format', attached('node_modules/oxfmt/bin/oxfmt', ['--check'])],
  ['Lint: walls, cycles, promises', attached('node_modules/oxlint/bin/oxlint', [])],
  ['Types for every runtime', attached(tsc, ['-p', 'tsconfig.web.json'])],
  ['Types of the audio worklet', attached(tsc, ['-p', 'tsconfig.worklet.json'])],
  ['Types for Node', attached(tsc, ['-p', 'tsconfig.node.json'])],
  ['Types of the tests', attached(tsc, ['-p', 'tsconfig.tests.json'])],
  ['Unused files, exports and dependencies', attached('node_modules/knip/bin/knip.js', ['--no-progress'])],
  ['Paths named in the documentation', attached('tools/check-architecture.mjs')],
  ['Build', attached(tools.rollup, ['-c', '--silent'])],
  ['Declarations', attached(tools.types)],
  ['Doc comments on the public API', attached('tools/check-docs.mjs')],
  ['Public API as committed', attached('tools/check-api.mjs')],
  ['Size budgets', attached('tools/check-size.mjs')],
  ['Code blocks of the pages', attached('tools/check-samples.mjs')],
  ['Packages as users get them', attached('tools/check-packages.mjs')],
];

const failed = [];
for (const [title, work] of checks) await step(title, work).catch(() => failed.push(title));
if (failed.length > 0) console.log(`\nFailed: ${failed.join(' · ')}`);
console.log(`\n${checks.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
