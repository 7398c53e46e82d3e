import { epochMs } from '../ledger.ts';
import type { Knobs, Oddity, Position } from '../scenario-knobs.ts';
import { seededRandom } from '../seeded-random.ts';
import { fileUrl, type Job } from './audixa-jobs.ts';
import { dueAfterMs, frameSeed, frameSizes } from './frame-schedule.ts';
import { payloadOf } from './stream-payload.ts';
import type { StreamLine } from './stream-line.ts';

/** What an answer over a socket is made of. */
export interface StreamAnswer {
  readonly line: StreamLine;
  readonly job: Job;
  readonly knobs: Knobs;
  readonly rate: number;
  readonly origin: string;
  readonly samples: Float32Array;
  /** Does what the scenario wants done here, if anything; throws when that was the end. */
  readonly interrupt: (at: Position) => Promise<void>;
}

/** Frames sent in one turn of the event loop. */
const framesPerTurn = 1_000;
const bytesPerSample = 4;

const has = ({ knobs }: StreamAnswer, oddity: Oddity): boolean => knobs.oddities?.includes(oddity) ?? false;

const startedFrame = ({ job: { entry } }: StreamAnswer): string =>
  JSON.stringify({ type: 'started', generation_id: entry.generationId, channel: `generation:${entry.generationId}` });

function start(answer: StreamAnswer): void {
  const { line } = answer;
  const started = startedFrame(answer);
  if (!has(answer, 'no-started') && !has(answer, 'audio-before-started')) line.send(started);
  if (has(answer, 'double-started')) line.send(started);
  if (has(answer, 'unknown-message')) line.send('{"type":"progress","percent":1}');
  if (has(answer, 'text-not-json')) line.send('\ufeffhello {');
}

function sendFrame(answer: StreamAnswer, frame: Uint8Array): void {
  const { line, job } = answer;
  line.send(frame);
  job.entry.firstFrameAtMs ??= epochMs();
  job.entry.lastFrameAtMs = epochMs();
  if (has(answer, 'empty-frames')) line.send(new Uint8Array(0));
}

/** Sends the audio, each frame when it is due by the clock, so that no delay adds up. */
async function sendAudio(answer: StreamAnswer): Promise<void> {
  const { line, knobs, rate, samples, interrupt } = answer;
  const payload = payloadOf(samples, knobs);
  const isEndless = has(answer, 'endless') && payload.length > 0;
  const middle = Math.floor(payload.length / 2 / bytesPerSample) * bytesPerSample;
  const lateness = seededRandom(frameSeed);
  const beganAtMs = performance.now();
  let sent = 0;
  let frames = 0;
  for (const size of frameSizes(knobs)) {
    if (sent >= payload.length && !isEndless) return;
    if (sent === middle) await interrupt('midway');
    const dueAtMs = beganAtMs + dueAfterMs(sent, rate) + lateness() * (knobs.jitterMs ?? 0);
    const waitMs = dueAtMs - performance.now();
    if (waitMs >= 1) await line.wait(waitMs);
    else if (frames % framesPerTurn === framesPerTurn - 1) await line.wait(0);
    await line.drain();
    const at = sent % payload.length;
    // A frame ends at the middle when something is to happen there, whatever its size.
    const until = knobs.interruption?.at === 'midway' && at < middle ? middle : payload.length;
    const frame = payload.subarray(at, Math.min(at + size, until));
    sendFrame(answer, frame);
    if (frames === 0 && has(answer, 'audio-before-started')) line.send(startedFrame(answer));
    sent += frame.length;
    frames += 1;
  }
}

function complete(answer: StreamAnswer): void {
  const { line, job, origin } = answer;
  const audioUrl = has(answer, 'completed-without-url') ? {} : { audio_url: fileUrl(origin, job) };
  const completed = JSON.stringify({ type: 'completed', ...audioUrl });
  line.send(completed);
  job.progress = { at: 'completed', readyAtMs: job.now() };
  job.entry.ended = 'completed';
  if (has(answer, 'double-completed')) line.send(completed);
  if (has(answer, 'audio-after-completed')) line.send(new Uint8Array(4_096));
  if (has(answer, 'server-closes')) line.close(1_000, '');
}

/** `started`, the audio, `completed` (vendor docs, streaming page), as far as the scenario lets it come. */
export async function answerStream(answer: StreamAnswer): Promise<void> {
  const { line, knobs, interrupt } = answer;
  start(answer);
  await interrupt('started');
  if (knobs.slowStartMs) await line.wait(knobs.slowStartMs);
  await sendAudio(answer);
  await interrupt('at-end');
  complete(answer);
}
