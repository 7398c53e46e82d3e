import type { ClientEvent, Playback, PlaybackReport, Player, SpeechOutcome, SpeechStream } from 'saystream';

import { DebugHistory } from '../debug/debug-history.ts';
import { LevelHistory } from './level-history.ts';
import { recordSource, type RecordedSource } from './recorded-source.ts';
import { describeStep, type Step } from './step-words.ts';

/** A step and when it happened, in milliseconds from the press of the button. */
export interface TimedStep extends Step {
  readonly atMs: number;
}

/** One press of Speak, from the first dial to the last sample heard. */
export interface Utterance {
  readonly playback: Playback;
  readonly source: RecordedSource;
  readonly heard: LevelHistory;
  readonly arrived: LevelHistory;
  /** What the playback does, for whoever looks inside. */
  readonly inside: DebugHistory;
  readonly steps: readonly TimedStep[];
  /** Milliseconds to the first sound, once there was one. */
  readonly firstSoundMs: () => number | undefined;
  /** Settles when both the stream and the playback are over. Never rejects. */
  readonly done: Promise<{ outcome: SpeechOutcome; report: PlaybackReport }>;
}

const firstSound: Step = { title: 'First sound', tone: 'good' };
const endings: Readonly<Record<PlaybackReport['verdict'], Step>> = {
  completed: { title: 'Heard to the end', tone: 'good' },
  cancelled: { title: 'Stopped', tone: 'none' },
  truncated: { title: 'Ran out of sound', tone: 'bad' },
  failed: { title: 'Gave up', tone: 'bad' },
};

/** Asks a vendor for the speech, and hands on what its client tells. */
export type AskForSpeech = (onEvent: (event: ClientEvent) => void) => SpeechStream;

/** Call it inside the click or key press that asked for it: only then may a browser sound. */
export function startUtterance(player: Player, ask: AskForSpeech, onStep: () => void): Utterance {
  const startedAt = performance.now();
  const steps: TimedStep[] = [];
  let firstSoundMs: number | undefined;
  const add = (step: Step | undefined, atMs = performance.now() - startedAt): void => {
    if (!step) return;
    steps.push({ ...step, atMs });
    onStep();
  };

  const heard = new LevelHistory();
  const arrived = new LevelHistory();
  const inside = new DebugHistory();
  const speech = ask((event) => add(describeStep(event)));
  const source = recordSource(speech, ({ samples, offset, sampleRate }) => {
    inside.arrive((samples.length * 1_000) / sampleRate);
    arrived.addSamples(samples, offset, sampleRate);
  });
  const playback = player.play(source);

  playback.addEventListener('statechange', () => {
    if (playback.state === 'playing' && firstSoundMs === undefined) {
      firstSoundMs = performance.now() - startedAt;
      add(firstSound, firstSoundMs);
    }
  });
  const outcome = speech.outcome.then((ended) => {
    if (ended.verdict === 'completed') add({ title: 'All audio arrived', tone: 'good' });
    return ended;
  });
  const done = Promise.all([outcome, playback.done]).then(([ended, report]) => {
    // The player knows to the sample when sound left the loudspeaker; until now there was only its word that it began.
    firstSoundMs = report.timeToSoundMs ?? firstSoundMs;
    const sounded = steps.findIndex((step) => step.title === firstSound.title);
    if (sounded >= 0) steps[sounded] = { ...steps[sounded]!, atMs: firstSoundMs! };
    add(endings[report.verdict]);
    return { outcome: ended, report };
  });
  return { playback, source, heard, arrived, inside, steps, firstSoundMs: () => firstSoundMs, done };
}
