import { judgeCapture, type Judgement } from './judge-capture.ts';
import type { RunRequest, RunResult } from './page/rig-page.ts';

/** A page of the rig, whoever drives it. */
export interface RigPage {
  /** Calls the page's `rig` with text, and resolves with its text. */
  rig(request: string): Promise<string>;
}

/** One delivery to one player, judged. */
export interface Measurement extends Judgement {
  /** Milliseconds from the first frame being sent to the first sound leaving the loudspeaker, by the output timestamp. */
  readonly heardMs: number;
  /** The same to the first sound being rendered, by the audio thread's clock. */
  readonly renderedMs: number;
  /** Milliseconds from `play()` to the first sound being rendered. */
  readonly fromPlayMs: number;
  /** What no player could do better without a gap; undefined where the rig did not make the plan. */
  readonly leastStartMs: number | undefined;
  readonly gapMs: number;
  /** Frames that the engine's renderer left out: the machine's fault, not the player's. */
  readonly skippedFrames: number;
  /** Whether frames were sent so late that the run says more of the machine than of the player. */
  readonly isDisturbed: boolean;
  readonly capture: Float32Array;
  readonly result: RunResult;
}

const disturbedMs = 15;

const samplesOf = (base64: string): Float32Array => {
  const bytes = Buffer.from(base64, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

/** What a run may know better than its page. */
export interface RunContext {
  readonly signal: Float32Array;
  /** Where the page does not see the frames: when the first was sent, in epoch ms. */
  readonly firstFrameAtMs?: () => number | undefined;
  readonly isStopped?: boolean;
}

/** Runs one request in the page and compares what was heard with the signal. */
export async function runDelivery(
  page: RigPage,
  request: RunRequest,
  { signal, firstFrameAtMs, isStopped = false }: RunContext,
): Promise<Measurement> {
  const result = JSON.parse(await page.rig(JSON.stringify(request))) as RunResult;
  const capture = samplesOf(result.samples);
  const judged = judgeCapture(capture, signal, { isStopped });
  const firstFrame = result.firstFrameAtMs ?? firstFrameAtMs?.() ?? result.playAtMs;
  const { heard, sampleRate } = result;
  const jumped = result.jumps.reduce((sum, [at, frames]) => sum + (at <= judged.firstSound ? frames : 0), 0);
  const frame = result.frame + judged.firstSound + jumped;
  const heardAtMs = heard ? heard.epochMs + ((frame - heard.frame) / sampleRate) * 1000 : NaN;
  return {
    ...judged,
    heardMs: heardAtMs - firstFrame,
    renderedMs: result.firstSoundAtMs - firstFrame,
    fromPlayMs: result.firstSoundAtMs - result.playAtMs,
    leastStartMs: result.leastStartMs,
    gapMs: judged.gaps.reduce((sum, { samples }) => sum + samples, 0) / (sampleRate / 1000),
    skippedFrames: result.jumps.reduce((sum, [, frames]) => sum + frames, 0),
    isDisturbed: (result.latestMs ?? 0) > disturbedMs,
    capture,
    result,
  };
}
