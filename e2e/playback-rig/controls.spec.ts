import { gainOverTime } from './gain-over-time.ts';
import type { Action, ActionTime } from './page/rig-page.ts';
import type { RigBench } from './rig-bench.ts';
import { expect, test } from './rig-in-chromium.ts';
import { runDelivery, type Measurement, type RigPage } from './run-delivery.ts';

/** What is aimed at; by the frames rendered, so that it holds on slow machines too, with one render quantum to spare. */
const promptMs = 30;

const play = (page: RigPage, { rig }: RigBench, actions: readonly Action[], isStopped = false): Promise<Measurement> =>
  runDelivery(
    page,
    { player: 'saystream', options: {}, seed: 1, delivery: 'burst', deliveryUrl: rig.deliveryUrl, actions, limitMs: 12_000 },
    { signal: rig.signal, isStopped },
  );

/** Milliseconds from an action to a sample of the capture: as rendered, and as it left the loudspeaker. */
function sinceAction({ result }: Measurement, action: ActionTime | undefined, at: number) {
  const frame = result.frame + at;
  const ms = (from: number): number => ((frame - from) / result.sampleRate) * 1000;
  return { renderedMs: ms(action?.nextFrame ?? NaN), heardMs: ms(action?.heardFrame ?? NaN) };
}

const say = (what: string, { renderedMs, heardMs }: ReturnType<typeof sinceAction>): void =>
  console.log(`${what}: ${renderedMs.toFixed(1)} ms rendered, ${heardMs.toFixed(1)} ms at the loudspeaker`);

test('a pause is silent at once, a resume sounds at once, and no sample is lost or clicks', async ({ rigPage, bench }) => {
  const run = await play(rigPage, bench, [
    { do: 'pause', atMs: 800 },
    { do: 'resume', atMs: 1300 },
  ]);
  expect(run).toMatchObject({ clicks: 0, lost: 0, doubled: 0, fidelityDb: 'exact' });
  expect(run.gaps).toHaveLength(1);
  const [gap = { at: NaN, samples: NaN }] = run.gaps;
  const [pause, resume] = run.result.actions;
  const silence = sinceAction(run, pause, gap.at);
  const sound = sinceAction(run, resume, gap.at + gap.samples);
  say('pause to silence', silence);
  say('resume to sound', sound);
  expect(silence.renderedMs).toBeLessThanOrEqual(promptMs);
  expect(sound.renderedMs).toBeLessThanOrEqual(promptMs);
});

test('a stop is silent at once and without a click', async ({ rigPage, bench }) => {
  const run = await play(rigPage, bench, [{ do: 'stop', atMs: 1000 }], true);
  expect(run).toMatchObject({ clicks: 0, lost: 0, doubled: 0, gaps: [], fidelityDb: 'exact' });
  const end = run.capture.findLastIndex((sample) => sample !== 0) + 1;
  const silence = sinceAction(run, run.result.actions[0], end);
  say('stop to silence', silence);
  expect(silence.renderedMs).toBeLessThanOrEqual(promptMs);
});

for (const [name, actions, target] of [
  ['volume', ['half', 'full'], 0.5],
  ['mute', ['mute', 'unmute'], 0],
] as const) {
  test(`${name} is changed by a ramp and back, and the sound goes on under it`, async ({ rigPage, bench }) => {
    const run = await play(rigPage, bench, [
      { do: actions[0], atMs: 800 },
      { do: actions[1], atMs: 1600 },
    ]);
    const { steepest, settledAt } = gainOverTime(run.capture, bench.rig.signal, run.firstSound);
    const [change, back] = run.result.actions.map(({ nextFrame }) => nextFrame - run.result.frame);
    const changed = sinceAction(run, run.result.actions[0], settledAt(target, change ?? NaN));
    const restored = sinceAction(run, run.result.actions[1], settledAt(1, back ?? NaN));
    say(`${name} to its new level`, changed);
    say(`${name} back to full`, restored);
    expect(steepest).toBeLessThan(0.02);
    for (const { renderedMs } of [changed, restored]) {
      expect(renderedMs).toBeGreaterThan(0);
      expect(renderedMs).toBeLessThan(200);
    }
  });
}
