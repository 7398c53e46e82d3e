import { markdownTable, summaryHeads, summaryOf, type DeliveryRow } from '@saystream/e2e/playback-rig/delivery-rows';
import type { Measurement } from '@saystream/e2e/playback-rig/run-delivery';

/** All runs of one player in one browser. A text instead of runs says why there are none. */
export interface PlayerRuns {
  readonly title: string;
  readonly browser: string;
  readonly runs: number;
  readonly rows: readonly { readonly row: DeliveryRow; readonly measured: readonly Measurement[] | string }[];
  /** How often a page did not answer; the run was repeated. */
  readonly unanswered: number;
}

/** Everything that was measured. */
export interface PlaybackFigures {
  readonly machine: string;
  readonly seconds: number;
  readonly ours: readonly PlayerRuns[];
  readonly others: readonly PlayerRuns[];
  /** Browsers that could not be opened. */
  readonly missing: readonly string[];
}

const cells = (measured: readonly Measurement[] | string): readonly string[] =>
  typeof measured === 'string' ? [`not measured: ${measured}`, ...summaryHeads.slice(1).map(() => '–')] : summaryOf(measured);

const waitsForPage =
  'The socket of a worker waits for the page here, and so does the sound: see [decision 0012](../decisions/0012-no-shared-memory.md).';

/** What one has to know to read an engine's table. */
const notes: readonly (readonly [engine: string, note: string])[] = [
  [
    'Firefox',
    `Through PulseAudio, into a sink that goes nowhere. It is not asked what leaves the loudspeaker, because on Linux the question
may hang the page for good. ${waitsForPage}`,
  ],
  ['WebKitGTK', `Its output timestamps are seconds off. ${waitsForPage}`],
  ['WPE WebKit', `As old as Safari 16, whose place it takes here. ${waitsForPage}`],
];

function noteOf({ browser, unanswered }: PlayerRuns): string {
  const note = notes.find(([engine]) => browser.startsWith(engine))?.[1];
  const again = unanswered > 0 ? `Pages that did not answer, so that the run was repeated: ${unanswered}.` : '';
  return [note, again]
    .filter(Boolean)
    .map((text) => `\n\n${text}`)
    .join('');
}

function ownTable(player: PlayerRuns): string {
  const { browser, runs, rows } = player;
  const lines = rows.map(({ row, measured }) => [row.title, `≤ ${row.firstSoundMs} ms, gaps ≤ ${row.gaps}`, ...cells(measured)]);
  return `### ${browser}, ${runs} ${runs === 1 ? 'run' : 'runs'} of each\n\n${markdownTable(['delivery', 'aim', ...summaryHeads], lines)}${noteOf(player)}`;
}

/** One delivery, all players. */
function rowTable(title: string, players: readonly PlayerRuns[]): string {
  const lines = players.flatMap(({ title: player, rows }) => {
    const found = rows.find(({ row }) => row.title === title);
    return found ? [[player, ...cells(found.measured)]] : [];
  });
  return `### ${title}\n\n${markdownTable(['player', ...summaryHeads], lines)}`;
}

const isChromium = ({ browser }: PlayerRuns): boolean => browser.startsWith('Chromium');

/** The page that `docs/` keeps. */
export function playbackReport({ machine, seconds, ours, others, missing }: PlaybackFigures): string {
  const compared = [...ours.filter(isChromium), ...others];
  const titles = others[0]?.rows.map(({ row }) => row.title) ?? [];
  return `# Playback, measured

Written by \`pnpm --filter @saystream/bench playback\`; how it measures is in \`packages/bench/README.md\`.

${seconds} s of a known signal, 24,000 Hz mono, 32-bit float, over a WebSocket; every sample that leaves the player is recorded and
compared with the source. Machine: ${machine}; other work may run beside, so times are upper bounds.

- **first sound rendered**: from the first frame being sent to the first sample that the audio thread renders: median (least–most)
- **leaves the loudspeaker**: the same by the browser's output timestamp, which adds the output's own latency; – where the browser's timestamp makes no sense
- **possible**: the least delay at which a player that knew the future would have no gap, for the worst of the seeds
- **gaps, gap ms, clicks, lost / doubled** samples: the worst of the runs; a gap without fades counts as clicks
- **fidelity**: signal to noise outside fades, the worst of the runs; *exact* is bit by bit

## @saystream/player
${ours.map((each) => `\n${ownTable(each)}\n`).join('')}${missing.length > 0 ? `\nNot opened here: ${missing.join('; ')}.\n` : ''}
## Beside players of other packages

In Chromium. Each has a warm context at the signal's rate and is fed every frame as it comes, by its documented interface and
with its own defaults. Runs of each: ${compared.map(({ title, runs }) => `${title} ${runs}`).join(', ')}.
${titles.map((title) => `\n${rowTable(title, compared)}\n`).join('')}`;
}
