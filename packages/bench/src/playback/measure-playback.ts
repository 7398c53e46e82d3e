import { writeFile } from 'node:fs/promises';
import { availableParallelism, release, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { deliveryRows, type DeliveryRow } from '@saystream/e2e/playback-rig/delivery-rows';
import { runRow, startRigBench, type RigBench } from '@saystream/e2e/playback-rig/rig-bench';
import type { Measurement } from '@saystream/e2e/playback-rig/run-delivery';

import { browsers, type MeasuredBrowser } from './open-browsers.ts';
import { peers } from './peers.ts';
import { playbackReport, type PlayerRuns } from './playback-report.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    'peer-runs': { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    browsers: { type: 'string', default: 'chromium,firefox,webkitgtk,wpe' },
    players: { type: 'string', default: Object.keys(peers).join(',') },
    output: { type: 'string', default: fileURLToPath(new URL('../../../../docs/benchmarks/playback.md', import.meta.url)) },
  },
});

const listed = (text: string): string[] => text.split(',').filter(Boolean);
/** A run in which the machine was busy with something else, or whose page did not answer, is repeated so often. */
const patience = 2;
/** A browser that fails so often is left alone. */
const failuresForgiven = 2;

/** All runs of a row, or why there are none; and how often a page did not answer and was tried again. */
interface MeasuredRow {
  readonly measured: readonly Measurement[] | string;
  readonly unanswered: number;
}

async function measure(
  bench: RigBench,
  { page }: MeasuredBrowser,
  row: DeliveryRow,
  { player, runs }: { player: string; runs: number },
): Promise<MeasuredRow> {
  const measured: Measurement[] = [];
  let unanswered = 0;
  for (let seed = 1; seed <= runs; seed++) {
    let run: Measurement | undefined;
    let failure = '';
    for (let tries = 0; (!run || run.isDisturbed) && tries <= patience; tries++) {
      try {
        run = await runRow(page, bench, row, { seed, player });
      } catch (error) {
        failure = String(error).split('\n')[0]!;
        unanswered += 1;
      }
    }
    if (!run) return { measured: `run ${seed}: ${failure}`, unanswered };
    measured.push(run);
  }
  return { measured, unanswered };
}

async function measurePlayer(
  bench: RigBench,
  browser: MeasuredBrowser,
  { player, title, runs }: { player: string; title: string; runs: number },
): Promise<PlayerRuns> {
  const rows: PlayerRuns['rows'][number][] = [];
  let failures = 0;
  let unanswered = 0;
  for (const row of deliveryRows.filter(({ throughClient }) => player === 'saystream' || !throughClient)) {
    if (failures >= failuresForgiven) {
      rows.push({ row, measured: 'not tried, the browser had failed before' });
      continue;
    }
    console.log(`${browser.title}: ${title}: ${row.title}`);
    const result = await measure(bench, browser, row, { player, runs });
    if (typeof result.measured === 'string') failures += 1;
    unanswered += result.unanswered;
    rows.push({ row, measured: result.measured });
  }
  return { title, browser: browser.title, runs, rows, unanswered };
}

async function main(): Promise<void> {
  const entry = fileURLToPath(new URL('peers-page.ts', import.meta.url));
  const machine = `${availableParallelism()} cores, ${type()} ${release().split('.').slice(0, 2).join('.')}, Node ${process.versions.node}, no sound card`;
  const seconds = Number(values.seconds);
  const bench = await startRigBench({ seconds, entry, asText: /worklets.audioConcatProcessor/ });
  const ours: PlayerRuns[] = [];
  const others: PlayerRuns[] = [];
  const missing: string[] = [];
  for (const name of listed(values.browsers)) {
    const opened = await browsers[name]?.(bench.rig.url).catch((error: unknown) => String(error).split('\n')[0]);
    if (typeof opened === 'string' || !opened) {
      missing.push(`${name} (${opened ?? 'unknown'})`);
      await writeFile(values.output, playbackReport({ machine, seconds, ours, others, missing }));
      continue;
    }
    ours.push(await measurePlayer(bench, opened, { player: 'saystream', title: '@saystream/player', runs: Number(values.runs) }));
    if (name === 'chromium') {
      for (const player of listed(values.players)) {
        const title = peers[player] ?? player;
        others.push(await measurePlayer(bench, opened, { player, title, runs: Number(values['peer-runs']) }));
      }
    }
    await opened.close();
    // After each browser: a later one may hang the machine.
    await writeFile(values.output, playbackReport({ machine, seconds, ours, others, missing }));
  }
  await bench.close();
  console.log(`written: ${values.output}`);
}

await main();
