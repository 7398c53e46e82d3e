import type { Playback } from '@saystream/player';
import { createRecordingPlayer } from '@saystream/player/recorder';
import type { PlaybackRecording, RecordingPlayer } from '@saystream/player/recorder';
import { replayRecording } from '@saystream/player/replay';
import { afterEach, describe, expect, it } from 'vitest';

import { tapOutput } from '../tests/output-tap.ts';
import { reaches } from '../tests/test-player.ts';
import { sleep, stallingSource, testSignal, testSource } from '../tests/test-source.ts';

const workletUrl = new URL('./recording-worklet.ts', import.meta.url);
const players: RecordingPlayer[] = [];
const makePlayer = (options: Parameters<typeof createRecordingPlayer>[0] = {}): RecordingPlayer => {
  const player = createRecordingPlayer({ workletUrl, ...options });
  players.push(player);
  return player;
};

afterEach(async () => {
  for (const player of players.splice(0)) await player.close();
});

const asText = (recording: PlaybackRecording | undefined): PlaybackRecording =>
  JSON.parse(JSON.stringify(recording)) as PlaybackRecording;
const phases = ({ outcome }: PlaybackRecording): string[] => outcome.statuses.map(({ phase }) => phase);

describe('a recording of a real playback', () => {
  it('with an underrun and a pause replays to the same statuses and to the very samples that sounded', async () => {
    const signal = testSignal(24_000);
    const player = makePlayer();
    const tap = await tapOutput(player);
    // Half a second, then nothing for so long that the sound runs dry.
    const stall = { atSample: 12_000, stallMs: 750, untilPlaying: () => reaches(playback, 'playing') };
    const playback: Playback = player.play(stallingSource(signal, stall));
    await reaches(playback, 'playing');
    playback.pause();
    await sleep(60);
    playback.resume();
    const report = await playback.done;
    expect(report).toMatchObject({ verdict: 'completed', underruns: 1 });

    const recording = asText(await player.recording({ samples: true }));
    expect(phases(recording)).toEqual(expect.arrayContaining(['playing', 'pausing', 'paused', 'starving', 'drained']));
    expect(recording.outcome.statuses.at(-1)).toMatchObject({ underruns: 1, played: 24_000 });
    const { outcome, rendered } = replayRecording(recording);
    expect(outcome).toEqual(recording.outcome);
    const sound = await tap.sound();
    const from = rendered!.findIndex((sample) => sample !== 0);
    expect(rendered!.slice(from, from + sound.length)).toEqual(sound);

    const { report: told, state } = recording.facts;
    expect({ told, state }).toEqual({ told: report, state: 'ended' });
    const without = asText(await player.recording());
    expect(replayRecording(without)).toEqual({ outcome: without.outcome });
  });

  it('covers seeks, rates and sources that are queued, in one recording', async () => {
    const player = makePlayer({ prebufferMs: 50 });
    const first = player.play(testSource(testSignal(12_000)));
    const second = player.play(testSource(testSignal(12_000), { everyMs: 10 }), { enqueue: true });
    await reaches(first, 'playing');
    player.playbackRate = 1.5;
    await sleep(100);
    first.seek(0.1);
    await second.done;
    const recording = asText(await player.recording());
    expect(recording.sources).toHaveLength(2);
    expect(recording.sources.flatMap(({ jumps }) => jumps).length).toBeGreaterThan(5);
    expect(recording.outcome.statuses.some(({ seeks }) => seeks === 1)).toBe(true);
    expect(replayRecording(recording)).toEqual({ outcome: recording.outcome });
  });
});

describe('recording()', () => {
  it('is of the last playback only, and may be asked for while it plays', async () => {
    const player = makePlayer();
    expect(await player.recording()).toBeUndefined();
    await player.play(testSource(testSignal(2_000))).done;
    const second = player.play(testSource(testSignal(48_000)));
    expect(await player.recording()).toBeUndefined(); // it has not reached the audio thread
    await reaches(second, 'playing');
    const meanwhile = await player.recording();
    expect(meanwhile!.facts).toMatchObject({ state: 'playing' });
    expect(meanwhile!.facts).not.toHaveProperty('report');
    expect(meanwhile!.requests.reduce((sum, [, , { samples = 0 }]) => sum + samples, 0)).toBe(48_000);
    expect(replayRecording(asText(meanwhile)).outcome).toEqual(meanwhile!.outcome);
    await player.close();
    expect(await player.recording()).toBeUndefined();
  });

  it('is of a context of another rate, too', async () => {
    const player = makePlayer();
    await player.play(testSource(testSignal(2_000))).done;
    await player.play(testSource(testSignal(4_000), { rate: 48_000 })).done;
    const recording = await player.recording();
    expect(recording).toMatchObject({ sampleRate: 48_000, isCut: false });
    expect(replayRecording(asText(recording)).outcome).toEqual(recording!.outcome);
  });

  it('holds neither the words of an error nor an address', async () => {
    const player = makePlayer();
    const error = new Error('wss://vendor.example/?key=hush');
    await player.play(testSource(testSignal(2_000), { error })).done;
    const text = JSON.stringify(await player.recording());
    expect(text).toContain('"verdict":"truncated"');
    expect(text).not.toMatch(/hush|vendor|:\/\//);
  });

  it('says so when the worklet that records is not there, after a playback that was as usual', async () => {
    const player = makePlayer({ workletUrl: '/nowhere/recording-worklet.js' });
    expect(await player.play(testSource(testSignal(2_000))).done).toMatchObject({ verdict: 'completed' });
    await expect(player.recording()).rejects.toMatchObject({ kind: 'playback-blocked' });
  });
});
