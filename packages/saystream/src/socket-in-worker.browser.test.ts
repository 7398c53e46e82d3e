import { createRecordingPlayer } from '@saystream/player/recorder';
import { replayRecording } from '@saystream/player/replay';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';

import type { PlaybackReport, Player, PlayerOptions } from './index.ts';
import { createAudixa, createPlayer } from './index.ts';

const { baseUrl, url } = inject('emulator');
const workletUrl = new URL('../../player/src/pcm-worklet.ts', import.meta.url);
const workerUrl = new URL('../../player/src/socket-worker.ts', import.meta.url);
const text = 'The quick brown fox jumps over the lazy dog, and then it rests in the shade of an old tree for a while.';

const players: Player[] = [];
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const player of players.splice(0)) await player.close();
});

/** Keeps the page from doing anything else. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

interface Trial {
  readonly options?: PlayerOptions;
  readonly scenario?: string;
  /** Blocks the page for 300 ms at a tenth of a second and a whole one after it began to play. */
  readonly isBusy?: boolean;
}

/** Lets the player's context run before anything is timed: with a real output it may take more than a second to start. */
const warmUp = (player: Player): Promise<PlaybackReport> =>
  player.play({
    format: { sampleRate: 24_000 },
    async *[Symbol.asyncIterator]() {
      yield new Float32Array(240);
    },
  }).done;

async function play({ options, scenario = 'pace-1.5', isBusy = false }: Trial): Promise<PlaybackReport> {
  const player = createPlayer({ workletUrl, workerUrl, ...options });
  players.push(player);
  await warmUp(player);
  const audixa = createAudixa({ baseUrl, apiKey: `emulated-${scenario}`, dangerouslyAllowBrowser: true });
  const playback = player.play(audixa.stream({ text, voiceId: 'am_ethan' }));
  let isBlocked = false;
  playback.addEventListener('statechange', () => {
    if (!isBusy || playback.state !== 'playing' || isBlocked) return;
    isBlocked = true;
    setTimeout(() => block(300), 100);
    setTimeout(() => block(300), 1000);
  });
  return playback.done;
}

async function voiceMs(): Promise<number> {
  const response = await fetch(`${url}/emulator/voice?text=${encodeURIComponent(text)}`);
  return (await response.arrayBuffer()).byteLength / 4 / 24;
}

describe('a stream whose socket is held by a worker', () => {
  it('plays whole, and without a gap while the page is blocked', async () => {
    const report = await play({ options: { worker: 'always' }, isBusy: true });
    expect(report.verdict).toBe('completed');
    expect(report.heardMs).toBeCloseTo(await voiceMs(), 3);
    // Firefox reads a worker's socket in the page's own thread (docs/player.md): a blocked page blocks it.
    if (!navigator.userAgent.includes('Firefox')) expect(report).toMatchObject({ underruns: 0, concealedMs: 0 });
  });

  it('has gaps then when the page itself holds the socket', async () => {
    const report = await play({ options: { worker: 'never', prebufferMs: 0 }, scenario: 'pace-1', isBusy: true });
    expect(report.verdict).toBe('completed');
    expect(report.underruns).toBeGreaterThan(0);
    expect(report.heardMs).toBeCloseTo(await voiceMs(), 3);
  });

  it('is recorded with what worker and page delivered, and replays', async () => {
    const recordingWorklet = new URL('../../player/src/recording-worklet.ts', import.meta.url);
    const player = createRecordingPlayer({ workletUrl: recordingWorklet, workerUrl, worker: 'always' });
    players.push(player);
    await warmUp(player);
    const audixa = createAudixa({ baseUrl, apiKey: 'emulated-pace-3', dangerouslyAllowBrowser: true });
    await player.play(audixa.stream({ text: 'The quick brown fox.', voiceId: 'am_ethan' })).done;
    const recording = (await player.recording())!;
    const places = recording.requests.flatMap(([, , { samples, at }]) => (samples ? [at] : []));
    expect(new Set(places).size).toBeLessThan(places.length); // twice the same
    expect(replayRecording(recording).outcome).toEqual(recording.outcome);
    expect(JSON.stringify(recording)).not.toMatch(/brown|emulated|:\/\//);
  });

  it('is heard once and whole when the frames are of any number of bytes', async () => {
    const report = await play({ scenario: 'burst~frames-random' });
    expect(report).toMatchObject({ verdict: 'completed', underruns: 0 });
    expect(report.heardMs).toBeCloseTo(await voiceMs(), 3);
  });

  it('ends with the same error as without a worker', async () => {
    const [inWorker, inPage] = [
      await play({ scenario: 'no-such-key-at-all~nonsense' }),
      await play({ options: { worker: 'never' }, scenario: 'no-such-key-at-all~nonsense' }),
    ];
    expect(inWorker.error?.kind).toBe(inPage.error?.kind);
    expect(inWorker.verdict).toBe('failed');
  });

  it('falls back to a blob when the file is not there, and to the page when no worker may start', async () => {
    expect(await play({ options: { workerUrl: '/not-there.js' } })).toMatchObject({ verdict: 'completed' });
    const refused = vi.fn(function refuse() {
      throw new DOMException('The policy says no.', 'SecurityError');
    });
    vi.stubGlobal('Worker', refused);
    expect(await play({})).toMatchObject({ verdict: 'completed' });
    expect(refused).toHaveBeenCalled();
    const must = await play({ options: { worker: 'always' } });
    expect(must).toMatchObject({ verdict: 'failed', error: { kind: 'playback-blocked' } });
  });
});
