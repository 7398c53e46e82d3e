// `pnpm consumers [app…]`: builds apps as their users do, from the packed packages, and plays them in Chromium.
//   --built       packs the packages as they are built
//   --every-push  only the apps that `.ci/run` checks
//   --keep        leaves the apps where they were built, and says where
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findChromium } from '../../tools/find-chromium.mjs';
import { packAll } from '../../tools/pack-all.mjs';
import { requireNode, step } from '../../tools/steps.mjs';
import { apps as pages } from './apps.mjs';
import { checkApp } from './check-app.mjs';
import { nodeApps } from './node-apps.mjs';
import { writeTable } from './write-table.mjs';

requireNode(20, 19);
const apps = [...pages, ...nodeApps];
const flags = new Set(process.argv.slice(2).filter((word) => word.startsWith('--')));
const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = names.filter((name) => !apps.some((app) => app.name === name));
if (unknown.length > 0) {
  console.error(`There is no app ${unknown.join(', ')}. Apps: ${apps.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}
const chosen = apps.filter(
  ({ name, onEveryPush }) => (names.length === 0 || names.includes(name)) && (onEveryPush || !flags.has('--every-push')),
);

const tarballs = await packAll({ build: !flags.has('--built') });
// The emulator and the relay are built now, not before.
const { startEmulator } = await import('@saystream/emulator');
const { createRelay } = await import('@saystream/relay');
const { relayHandler } = await import('@saystream/relay/node');
const { chromium } = await import('playwright');

const temporary = mkdtempSync(join(tmpdir(), 'saystream-consumers-'));
const emulator = await startEmulator({ rate: 2 });
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--autoplay-policy=no-user-gesture-required'],
});

const relayFor = (origin) =>
  createRelay({
    vendors: { audixa: { baseUrl: emulator.audixa.baseUrl, apiKey: emulator.audixa.apiKey } },
    origins: [origin],
    authorize: () => ({ user: 'visitor' }),
  });

const rig = { temporary, tarballs, browser, emulator, relayFor, relayHandler };

const results = [];
for (const app of chosen) {
  const result = await step(app.name, async () => {
    const checked = await checkApp(app, rig).catch((error) => ({ problems: [error.message] }));
    for (const problem of checked.problems) console.log(`  ${problem}`);
    if (checked.problems.length > 0) throw checked;
    const { firstSoundMs, worker, worklet } = checked;
    if (firstSoundMs) console.log(`  first sound after ${Math.round(firstSoundMs)} ms, worker ${worker}, worklet ${worklet}`);
    return checked;
  }).catch((failed) => failed);
  results.push({ app, ...result });
  if (!flags.has('--keep')) rmSync(join(temporary, app.name), { recursive: true, force: true });
}

await browser.close();
await emulator.close();
if (flags.has('--keep')) console.log(`\nThe apps are in ${temporary}`);
else rmSync(temporary, { recursive: true, force: true });
const failed = results.filter(({ problems }) => problems.length > 0);
if (chosen.length === apps.length && failed.length === 0) writeTable(results);
if (failed.length > 0) console.log(`\nFailed: ${failed.map(({ app }) => app.name).join(' · ')}`);
console.log(`\n${results.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
