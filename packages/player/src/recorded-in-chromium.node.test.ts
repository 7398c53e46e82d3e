import { readFileSync } from 'node:fs';

import { replayRecording, type PlaybackRecording } from '@saystream/player/replay';
import { describe, expect, it } from 'vitest';

const path = new URL('../tests/fixtures/recording-chromium.json', import.meta.url);
const recording = JSON.parse(readFileSync(path, 'utf8')) as PlaybackRecording;

describe('a playback that was recorded in Chromium', () => {
  it('replays in Node to the statuses of then: an underrun, a pause, a seek, a change of rate, a queued source', () => {
    expect(recording.facts.userAgent).toContain('Chrome/');
    const { statuses } = recording.outcome;
    // Not the whole outcome: how often the audio thread reports in between may change without anybody hearing it.
    expect(replayRecording(recording).outcome.statuses).toEqual(statuses);
    expect(statuses.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['paused', 'starving', 'seeking', 'stopped']));
    const [first, second] = [0, 1].map((of) => statuses.findLast(({ source }) => source === of));
    expect(first).toMatchObject({ underruns: 1, seeks: 1, rate: 1.5, samples: 36_480 });
    expect(second).toMatchObject({ phase: 'drained', underruns: 0, rate: 1.5, samples: 12_000 });
  });

  it('would have had no underrun with half a second more to begin with: what a fix is tried on', () => {
    const sources = recording.sources.map((source) => ({
      ...source,
      settings: { ...source.settings, prebufferSamples: source.settings.prebufferSamples! + 12_000 },
    }));
    const { statuses } = replayRecording({ ...recording, sources }).outcome;
    expect(Math.max(...statuses.map(({ underruns }) => underruns))).toBe(0);
  });
});
