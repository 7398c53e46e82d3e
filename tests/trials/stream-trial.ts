import type { Emulator } from '@saystream/emulator';
import { createAudixa, type SpeechOutcome } from 'saystream';

import { seededChoice } from './seeded-choice.ts';
import { createTally, howToRepeat, inLanes } from './trial-settings.ts';
import { trialVoice } from './trial-voice.ts';

const lanes = 50;
const mostProblems = 20;
/** Samples of finished files have sixteen bits. */
const rounding = 1.01 / 32_768;

/** How a stream can end, and when. */
const endings = [
  ...['', 'server-closes', 'stall-at-end', 'silent', 'silent-after-started', 'handshake-stall'],
  ...['drop-before-request', 'drop', 'drop-midway', 'drop-at-end', 'error-only', 'error-only-midway', 'error-key-only'],
  ...[
    'close-1000-midway',
    'close-1003',
    'close-1008',
    'close-1008-midway',
    'close-1011',
    'close-1011-midway',
    'close-4000-midway',
  ],
  ...['early-1000', 'http-401', 'http-429-times-1~retry-after-1', 'http-503-times-1', 'http-503', 'wrong-key-at-handshake'],
  ...['completed-without-url', 'completed-without-audio', 'double-completed', 'audio-after-completed', 'leftover-bytes'],
  ...[
    'audio-before-started',
    'no-started',
    'double-started',
    'text-not-json',
    'wav-in-stream',
    'mp3-in-stream',
    'html-in-stream',
  ],
];
const framings = ['', 'frames-7', 'frames-random', 'one-frame', 'empty-frames', 'jitter-5', 'mute'];
/** What becomes of the finished file that a broken stream is completed from. */
const files = [
  '',
  '',
  '',
  'lost',
  'fails',
  'stuck',
  'cut-file',
  'short-file',
  'not-audio',
  'file-late-100',
  'files-only~drop-answer',
];

/** What came of it. */
export interface StreamTrialReport {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly recovered: number;
  readonly problems: readonly string[];
}

interface Heard {
  readonly samples: Float32Array;
  readonly thrown: unknown;
  readonly outcome: SpeechOutcome;
}

/** What is wrong with a stream that was heard like this. */
function problemOf({ samples, thrown, outcome }: Heard, whole: Float32Array, accepted: number): string | undefined {
  const { verdict, billed, error } = outcome;
  const away = samples.findIndex((sample, at) => !(Math.abs(sample - (whole[at] ?? Infinity)) <= rounding));
  if (away >= 0) return `sample ${away} of ${samples.length} is not the voice’s, of ${whole.length}`;
  if (verdict === 'completed' && samples.length !== whole.length) return `completed with ${samples.length} of ${whole.length}`;
  if ((verdict === 'completed') !== (error === undefined)) return `${verdict} with ${String(error)}`;
  if (verdict !== 'cancelled' && thrown !== error) return `threw ${String(thrown)} and ended with ${String(error)}`;
  if (outcome.samples < samples.length) return `tells of ${outcome.samples} samples and gave ${samples.length}`;
  if (verdict === 'truncated' && outcome.samples === 0) return 'truncated without a sample';
  if (accepted > 1) return `accepted ${accepted} times`;
  if (billed === 'no' && accepted > 0) return 'accepted, and billed no';
  if (billed === 'yes' && accepted === 0) return 'never accepted, and billed yes';
  return undefined;
}

/** Streams through sockets of every kind of trouble, some of them left in the middle; each is judged by voice and ledger. */
export async function runStreamTrial(emulator: Emulator, size: { calls: number; seed: number }): Promise<StreamTrialReport> {
  const problems: string[] = [];
  const outcomes = createTally();
  let recovered = 0;

  await inLanes(size.calls, lanes, async (index) => {
    const choose = seededChoice(size.seed * 1_000_000 + index);
    const parts = ['burst', `run-stream${index}`, choose(endings), choose(framings), choose(files)];
    const scenario = parts.filter(Boolean).join('~');
    const text = `Stream ${size.seed} ${index}`;
    const leavesAfter = choose([Infinity, Infinity, Infinity, 0, 1, 3]);
    const audixa = createAudixa({
      baseUrl: emulator.audixa.baseUrl,
      apiKey: emulator.scenario(scenario),
      timeouts: { connectMs: 2_500, firstAudioMs: 2_500, stallMs: 2_500 },
      retry: { baseDelayMs: 1, maxDelayMs: 5, maxWaitMs: 1_500 },
    });
    const chunks: Float32Array[] = [];
    const stream = audixa.voice('am_ethan').say(text);
    if (leavesAfter === 0) stream.cancel();
    let thrown: unknown;
    try {
      for await (const chunk of stream) if (chunks.push(chunk) >= leavesAfter) break;
    } catch (error) {
      thrown = error;
    }
    const outcome = await stream.outcome;
    const samples = Float32Array.from(chunks.flatMap((chunk) => [...chunk]));
    const accepted = emulator.ledger.filter((entry) => entry.text === text).length;
    const problem = problemOf({ samples, thrown, outcome }, trialVoice(text), accepted);
    if (problem && problems.length < mostProblems) problems.push(`${problem} (${text}: ${scenario}; ${howToRepeat})`);
    if (outcome.recovered) recovered += 1;
    outcomes.add([outcome.verdict, outcome.error?.kind].filter(Boolean).join(', '));
  });
  return { outcomes: outcomes.counts, recovered, problems };
}
