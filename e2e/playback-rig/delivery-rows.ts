import type { DeliveryName } from './delivery-plans.ts';
import type { Measurement } from './run-delivery.ts';
import type { Action } from './page/rig-page.ts';

/** One row of the table a player has to hold. */
export interface DeliveryRow {
  readonly title: string;
  readonly delivery: DeliveryName;
  /** Through the Audixa client and the emulator instead of a socket of the page: there a worker may hold the socket. */
  readonly throughClient?: boolean;
  /** Options of `createPlayer`. */
  readonly options?: Record<string, unknown>;
  readonly actions?: readonly Action[];
  /** Milliseconds from the first frame to the first rendered sound that are aimed at. */
  readonly firstSoundMs: number;
  /** Gaps that are forgiven. */
  readonly gaps: number;
}

const blocks: readonly Action[] = [
  { do: 'block', atMs: 150 },
  { do: 'block', atMs: 2000 },
];
const blocked = '1.5×, main thread blocked 300 ms at +150 ms and +2 s';

export const deliveryRows: readonly DeliveryRow[] = [
  { title: 'all at once', delivery: 'burst', firstSoundMs: 15, gaps: 0 },
  { title: '1.5×, frames of 20–100 ms, jitter to 60 ms', delivery: 'tts15', firstSoundMs: 100, gaps: 0 },
  { title: 'real time, 40 ms frames', delivery: 'rt40', firstSoundMs: 120, gaps: 0 },
  { title: '1.2×, one frame in ten up to 180 ms late', delivery: 'jit12', firstSoundMs: 200, gaps: 0 },
  {
    title: `${blocked}, socket in the page`,
    delivery: 'tts15',
    options: { worker: 'never' },
    actions: blocks,
    firstSoundMs: 120,
    gaps: 1,
  },
  {
    title: `${blocked}, socket in a worker`,
    delivery: 'tts15',
    throughClient: true,
    options: { worker: 'always' },
    actions: blocks,
    firstSoundMs: 120,
    gaps: 0,
  },
  {
    title: '1.5×, then silent until 0.5 s after the sound ran dry, then the backlog at once',
    delivery: 'stall',
    firstSoundMs: 200,
    gaps: 1,
  },
  { title: 'frames of 1 byte to 64 KiB', delivery: 'odd', firstSoundMs: 100, gaps: 0 },
];

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
const ms = (value: number): string => (Number.isFinite(value) ? value.toFixed(0) : '–');

/** The least fidelity of several runs: `exact` only when all were. */
function fidelityText(runs: readonly Measurement[]): string {
  const decibels = runs.map(({ fidelityDb }) => fidelityDb).filter((each) => each !== 'exact');
  return decibels.length === 0 ? 'exact' : `${Math.min(...decibels).toFixed(0)} dB`;
}

/** Several runs of one delivery in one line: medians of times, the worst of everything else. */
export function summaryOf(runs: readonly Measurement[]): readonly string[] {
  const worst = (of: (run: Measurement) => number): number => Math.max(...runs.map(of));
  const first = runs.map(({ renderedMs }) => renderedMs);
  return [
    runs.some(({ firstSound }) => firstSound < 0)
      ? 'none'
      : `${ms(median(first))} (${ms(Math.min(...first))}–${ms(Math.max(...first))})`,
    ms(median(runs.map(({ heardMs }) => heardMs))),
    ms(worst(({ leastStartMs }) => leastStartMs ?? NaN)),
    `${worst(({ gaps }) => gaps.length)}`,
    ms(worst(({ gapMs }) => gapMs)),
    `${worst(({ clicks }) => clicks)}`,
    `${worst(({ lost }) => lost)} / ${worst(({ doubled }) => doubled)}`,
    fidelityText(runs),
  ];
}

/** Heads of the columns of `summaryOf`. */
export const summaryHeads = [
  'first sound rendered, ms',
  'leaves the loudspeaker, ms',
  'possible, ms',
  'gaps',
  'gap ms',
  'clicks',
  'lost / doubled',
  'fidelity',
] as const;

/** A Markdown table. */
export function markdownTable(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...lines.map(line)].join('\n');
}
