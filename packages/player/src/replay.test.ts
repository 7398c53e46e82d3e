import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anySession, playSession } from '../tests/random-session.ts';
import { quantum, settings, speech } from '../tests/renderer-rig.ts';
import type { PlaybackRecording } from './recording/playback-recording.ts';
import { RecordingChain } from './recording/recording-chain.ts';
import { replayInChain } from './recording/replay-in-chain.ts';
import { samplesFromText, samplesToText } from './recording/samples-as-text.ts';
import { replayRecording } from './replay.ts';

const facts = { recordedAt: '', userAgent: '', messages: '', state: '', latencyMs: 0 };

/** As a page hands it on: a text. */
function recorded({ log }: RecordingChain, samples: boolean): PlaybackRecording {
  const { lastSourceAt: _, sources, ...taken } = log.take(samples);
  const withText = sources.map(({ pieces, ...source }) => ({ ...source, ...(pieces && { samples: samplesToText(pieces) }) }));
  const recording = { version: 1, facts, ...taken, sources: withText };
  const read = JSON.parse(JSON.stringify(recording)) as PlaybackRecording;
  expect(read).toEqual(recording);
  return read;
}

const run = (chain: RecordingChain, blocks: number, from = 0): void => {
  for (let block = 0; block < blocks; block++) chain.render(new Float32Array(quantum), from + block * quantum);
};

describe('replayRecording', () => {
  it('gives the statuses of any session, and its sound where the samples were recorded', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const { chain, rendered } = playSession(session);
        const recording = recorded(chain, true);
        const again = replayRecording(recording);
        expect(again.outcome).toEqual(recording.outcome);
        expect(again.rendered?.length).toBe(rendered.length);
        expect(again.rendered?.findIndex((sample, at) => sample !== rendered[at])).toBe(-1);
      }),
      { numRuns: 150 },
    );
  });

  it('was tried on sessions in which something happens', () => {
    const seen = { underruns: 0, seeks: 0, jumps: 0, pauses: 0, clocks: 0, turns: 0 };
    for (const session of fc.sample(anySession, { seed: 5, numRuns: 150 })) {
      const { outcome, sources, clock } = recorded(playSession(session).chain, false);
      const last = sources.flatMap((_, of) => outcome.statuses.findLast(({ source }) => source === of) ?? []);
      seen.underruns += last.reduce((sum, { underruns }) => sum + underruns, 0);
      seen.seeks += last.reduce((sum, { seeks }) => sum + seeks, 0);
      seen.jumps += sources.reduce((sum, { jumps }) => sum + jumps.length, 0);
      seen.pauses += outcome.statuses.filter(({ phase }) => phase === 'paused').length;
      seen.clocks += clock.steps.length - 1;
      seen.turns += last.length - 1;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
  });

  it('gives the same statuses without the samples, other rates included, and no sound', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const recording = recorded(playSession(session).chain, false);
        expect(JSON.stringify(recording)).not.toContain('"samples":"');
        expect(replayRecording(recording)).toEqual({ outcome: recording.outcome });
      }),
      { numRuns: 150 },
    );
  });

  it('can itself be recorded: the recording of a replay is the recording', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const recording = recorded(playSession(session).chain, true);
        expect(recorded(replayInChain(recording).chain, true)).toEqual(recording);
      }),
      { numRuns: 50 },
    );
  });

  it('notices when one block, one request or one setting is another', () => {
    const chain = new RecordingChain();
    const link = chain.open({ ...settings, prebufferSamples: 500 });
    run(chain, 3);
    link.accept({ samples: speech(2000) });
    run(chain, 40, 3 * quantum);
    link.accept({ samples: speech(900), ended: true });
    run(chain, 20, 43 * quantum);
    const recording = recorded(chain, false);
    const { requests, sources, clock } = recording;
    const changes: Partial<PlaybackRecording>[] = [
      { requests: requests.map(([block, ...rest]) => [block + 1, ...rest]) },
      { requests: requests.map(([block, source, request]) => [block, source, { ...request, samples: 1999 }]) },
      { sources: sources.map((source) => ({ ...source, settings: { ...source.settings, prebufferSamples: 2500 } })) },
      { clock: { ...clock, steps: [[quantum, 20], [5 * quantum, 1], ...clock.steps] } },
    ];
    expect(replayRecording(recording).outcome).toEqual(recording.outcome);
    for (const change of changes) {
      expect(replayRecording({ ...recording, ...change }).outcome, JSON.stringify(change)).not.toEqual(recording.outcome);
    }
  });

  it('refuses a recording of a version it does not know', () => {
    const recording = recorded(new RecordingChain(), false);
    expect(() => replayRecording({ ...recording, version: 2 })).toThrow(RangeError);
  });
});

describe('a recording', () => {
  it('is cut after ten minutes, says so, and replays to there', () => {
    const chain = new RecordingChain();
    const link = chain.open({ ...settings, prebufferSamples: 0 });
    const tenMinutes = (600 * settings.sampleRate) / quantum;
    for (let minute = 0; minute < 11; minute++) {
      link.accept({ samples: new Float32Array(60 * settings.sampleRate) });
      run(chain, tenMinutes / 10, (minute * tenMinutes * quantum) / 10);
    }
    const recording = recorded(chain, true);
    expect(recording).toMatchObject({ isCut: true, blockFrames: quantum });
    expect(recording.clock.steps).toEqual([[quantum, tenMinutes - 1]]);
    expect(recording.requests).toHaveLength(11); // the last came before the block that is left out
    expect(replayRecording(recording).outcome).toEqual(recording.outcome);
    expect(JSON.stringify({ ...recording, sources: [] }).length).toBeLessThan(2000);
  });

  it('does not hold more samples than ten minutes, and replays without them', () => {
    const chain = new RecordingChain();
    const link = chain.open({ ...settings, prebufferSamples: 0 });
    run(chain, 1);
    link.accept({ samples: new Float32Array(601 * settings.sampleRate) });
    run(chain, 10, quantum);
    const recording = recorded(chain, true);
    expect(recording.sources[0]).not.toHaveProperty('samples');
    expect(replayRecording(recording)).toEqual({ outcome: recording.outcome });
  });

  it('is bounded when requests never end', () => {
    const chain = new RecordingChain();
    const link = chain.open({ ...settings, prebufferSamples: 0 });
    for (let block = 0; block < 1500; block++) {
      for (let count = 0; count < 100; count++) link.accept({ rate: 1 });
      run(chain, 1, block * quantum);
    }
    const recording = recorded(chain, false);
    expect(recording.isCut).toBe(true);
    expect(recording.requests.length).toBeLessThan(100_200);
    expect(replayRecording(recording).outcome).toEqual(recording.outcome);
  });

  it('keeps what a later version may say in a request, and every bit of a sample', () => {
    const chain = new RecordingChain();
    chain.open({ ...settings, prebufferSamples: 0 }).accept({ samples: Float32Array.of(1 / 3, -0, 1e-40), stamp: 12.5 } as never);
    const recording = recorded(chain, true);
    expect(recording.requests).toEqual([[0, 0, { samples: 3, stamp: 12.5 }]]);
    const [sample, zero, tiny] = samplesFromText(recording.sources[0]!.samples!);
    expect([sample, zero, tiny]).toEqual([Math.fround(1 / 3), -0, Math.fround(1e-40)]);
  });
});
