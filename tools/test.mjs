// `pnpm test [filter]`: finds a browser, builds, runs every test there is and counts them.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { findChromium } from './find-chromium.mjs';
import { findRedis } from './find-redis.mjs';
import { findWebKit } from './find-webkit.mjs';
import { requireNode, root, runTool, step, tools } from './steps.mjs';

requireNode(20, 19);
const filters = process.argv.slice(2).filter((argument) => argument !== '--');
const firefoxPath = '/usr/bin/firefox-esr';
const names = {
  node: 'unit tests in Node',
  chromium: 'unit tests in Chromium',
  firefox: 'unit tests in Firefox',
  webkit: 'unit tests in WebKit',
};

/** What was counted: [what, passed, failed, skipped]. */
const counted = [];
const report = (name) => join(root, 'test-results', name);
const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

function countUnits() {
  const counts = read(report('unit.json'));
  if (!counts) return counted.push(['unit tests (they did not finish)', 0, 1, 0]);
  for (const [project, { passed, failed, skipped }] of Object.entries(counts.projects)) {
    counted.push([names[project] ?? project, passed, failed, skipped]);
  }
  if (counts.unhandledErrors > 0) counted.push(['unhandled errors in unit tests', 0, counts.unhandledErrors, 0]);
}

function countEndToEnd() {
  const what = 'end to end in Chromium';
  const stats = read(report('e2e.json'))?.stats;
  if (!stats) return counted.push([`${what} (they did not finish)`, 0, 1, 0]);
  const failed = stats.unexpected + stats.flaky;
  if (stats.expected + failed > 0) counted.push([what, stats.expected, failed, stats.skipped]);
}

/** Runs a suite to its end, counts it, and goes on when it failed: the counts say so. */
async function suite(title, run, count) {
  const failedBefore = counted.reduce((sum, [, , failed]) => sum + failed, 0);
  const error = await step(title, run).then(
    () => undefined,
    (cause) => cause,
  );
  count();
  const failedNow = counted.reduce((sum, [, , failed]) => sum + failed, 0);
  if (error && failedNow === failedBefore) counted.push([`${title}, as a whole (${error.message})`, 0, 1, 0]);
}

/** PULSE_SERVER stalls the audio clock of a headless Chromium. */
const { PULSE_SERVER: _unused, ...environment } = process.env;

async function main() {
  const chromium = await step('Looking for a browser', () => findChromium());
  const env = { ...environment, SAYSTREAM_CHROMIUM: chromium };
  if (!env.SAYSTREAM_FIREFOX && existsSync(firefoxPath)) env.SAYSTREAM_FIREFOX = firefoxPath;
  if (env.SAYSTREAM_FIREFOX) console.log(`browser: ${env.SAYSTREAM_FIREFOX} (unit tests only)`);
  const redis = findRedis();
  if (redis) env.SAYSTREAM_REDIS_SERVER = redis;
  const webkit = findWebKit();
  if (webkit) env.SAYSTREAM_WEBKIT = webkit;
  const engines = ['Node', 'Chromium', ...(env.SAYSTREAM_FIREFOX ? ['Firefox'] : []), ...(webkit ? ['WebKit'] : [])];

  await step('Building the packages', async () => {
    await runTool(tools.rollup, ['-c', '--silent']);
    await runTool(tools.types);
  });

  rmSync(report(''), { recursive: true, force: true });
  await suite(
    `Unit tests in ${engines.join(', ')}`,
    () => {
      const reporters = ['--reporter=default', '--reporter=./tools/vitest-counts.mjs'];
      // Three minutes on a quiet machine with Node and Chromium; every further browser adds two.
      const options = { env: { ...env, SAYSTREAM_COUNTS: report('unit.json') }, limitMs: 1_200_000 };
      return runTool(tools.vitest, ['run', ...reporters, ...(filters.length ? ['--passWithNoTests'] : []), ...filters], options);
    },
    countUnits,
  );
  if (existsSync(join(root, 'e2e/playwright.config.ts'))) {
    await suite(
      'End-to-end tests on the built packages',
      () => {
        // Playwright colours its workers unless told so; NO_COLOR alone makes Node warn of the contradiction.
        const plain = process.stdout.isTTY ? {} : { FORCE_COLOR: '0' };
        const options = { env: { ...env, ...plain, PLAYWRIGHT_JSON_OUTPUT_FILE: report('e2e.json') } };
        const args = ['test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json', `--output=${report('e2e')}`];
        return runTool(tools.playwright, [...args, ...(filters.length ? ['--pass-with-no-tests'] : []), ...filters], options);
      },
      countEndToEnd,
    );
  }
}

try {
  await main();
} catch (error) {
  console.error(`\n${error.message}`);
  counted.push([error.message.split('\n')[0], 0, 1, 0]);
}
console.log();
for (const [what, passed, failed, skipped] of counted) {
  console.log(`${failed ? '✘' : '✔'} ${what}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
}
const total = (column) => counted.reduce((sum, row) => sum + row[column], 0);
console.log(`\n${total(1)} passed, ${total(2)} failed`);
process.exitCode = total(2) > 0 || total(1) === 0 ? 1 : 0;
