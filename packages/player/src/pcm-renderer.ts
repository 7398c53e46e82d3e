import type { PcmCommand, PcmPhase, PcmRequest, PcmSettings, PcmStatus } from './pcm-messages.ts';
import { PcmQueue } from './pcm-queue.ts';
import { Ramp } from './ramp.ts';

/** What each command makes of each phase; a phase that is not listed stays as it is. */
const afterCommand: Record<PcmCommand, Partial<Record<PcmPhase, PcmPhase>>> = {
  pause: { buffering: 'paused', playing: 'pausing', starving: 'pausing' },
  resume: { paused: 'buffering', pausing: 'playing' },
  stop: {
    buffering: 'stopped',
    paused: 'stopped',
    drained: 'stopped',
    playing: 'stopping',
    pausing: 'stopping',
    starving: 'stopping',
  },
};

/** Where a fade ends. */
const afterFade: Partial<Record<PcmPhase, PcmPhase>> = { pausing: 'paused', stopping: 'stopped', starving: 'buffering' };

/**
 * Turns a queue of samples into blocks of sound: waits for the prebuffer, plays, fades at every forced edge, counts what
 * was missing. Knows nothing of Web Audio, so that its whole behaviour is tested without a sound card.
 */
export class PcmRenderer {
  readonly #queue = new PcmQueue();
  readonly #ramp: Ramp;
  readonly #prebuffer: number;
  readonly #report: (status: PcmStatus) => void;
  #phase: PcmPhase = 'buffering';
  #reported: PcmPhase | undefined;
  #ended = false;
  #samples = 0;
  #underruns = 0;
  #concealedSamples = 0;
  /** Samples that must wait before sound starts: the prebuffer at first and after a starvation, one after a pause. */
  #needed: number;
  /** Samples of silence since the queue ran dry. They count only when more audio follows: a late `ended` is no underrun. */
  #gap: number | undefined;
  #lastSample = 0;
  #nextFrame = -1;
  #isSteady = false;
  #firstArrival = 0;
  #waited = 0;

  constructor(settings: PcmSettings, report: (status: PcmStatus) => void) {
    this.#prebuffer = this.#needed = Math.max(1, settings.prebufferSamples);
    this.#ramp = new Ramp(settings.rampSamples);
    this.#report = report;
  }

  accept({ samples, ended, command }: PcmRequest): void {
    if (samples) {
      if (this.#queue.length === 0) this.#firstArrival = samples.length;
      this.#queue.push(samples);
    }
    if (ended) this.#ended = true;
    if (command) this.#phase = afterCommand[command][this.#phase] ?? this.#phase;
  }

  /** Fills one block whose first sample is the context's frame `currentFrame`. Returns false when nothing will ever follow. */
  render(block: Float32Array, currentFrame: number): boolean {
    const frame = this.#followClock(currentFrame);
    for (let at = 0; at < block.length;) {
      if (this.#phase !== this.#reported) this.report(frame + at);
      at = this.#step(block, at);
    }
    this.#nextFrame = frame + block.length;
    if (this.#phase !== this.#reported) this.report(this.#nextFrame);
    if (this.#phase !== 'stopped') return true;
    this.#queue.clear(); // the audio thread's garbage may lie about for long
    return false;
  }

  /** Tells the page how things stand, as of `frame`: by default the end of the block rendered last. */
  report(frame = this.#nextFrame): void {
    this.#reported = this.#phase;
    this.#report({
      phase: this.#phase,
      frame,
      samples: this.#samples,
      underruns: this.#underruns,
      concealedSamples: this.#concealedSamples,
    });
  }

  /**
   * Two things Chromium does, both seen under load. It renders the first block of a context's first worklet and then leaves
   * a few out, while it moves the rendering to another thread (frames 0, 640, 768 …): so sound waits for a block that
   * follows its predecessor. And `currentFrame` is now and then late by one block (128, 256, 256, 512 …) although the
   * rendering is not: so it counts only when it is ahead of what was rendered.
   */
  #followClock(currentFrame: number): number {
    const skipped = currentFrame - this.#nextFrame;
    this.#isSteady = skipped <= 0;
    if (this.#isSteady) return this.#nextFrame;
    if (this.#phase === 'playing') {
      this.#underruns++;
      this.#concealedSamples += skipped;
    }
    return currentFrame;
  }

  /** Renders from `at` until the block is full or the phase changes, and returns where it came to. */
  #step(block: Float32Array, at: number): number {
    if (this.#phase === 'playing') return this.#play(block, at);
    if (afterFade[this.#phase]) return this.#fade(block, at);
    if (this.#phase === 'buffering' && this.#start()) return at;
    block.fill(0, at);
    this.#wait(block.length - at);
    return block.length;
  }

  #play(block: Float32Array, at: number): number {
    const to = at + this.#take(block, at, block.length);
    this.#ramp.rise(block, at, to);
    if (to < block.length) this.#runDry();
    return to;
  }

  #fade(block: Float32Array, at: number): number {
    const to = Math.min(block.length, at + this.#ramp.position);
    const taken = this.#phase === 'starving' ? 0 : this.#take(block, at, to);
    block.fill(this.#lastSample, at + taken, to);
    this.#ramp.fall(block, at, to);
    if (this.#phase === 'starving') this.#wait(to - at);
    if (this.#ramp.position === 0) this.#phase = afterFade[this.#phase] ?? this.#phase;
    return to;
  }

  #take(block: Float32Array, from: number, to: number): number {
    const taken = this.#queue.read(block, from, to);
    if (taken > 0) this.#lastSample = block[from + taken - 1]!;
    this.#samples += taken;
    return taken;
  }

  #runDry(): void {
    this.#phase = this.#ended ? 'drained' : 'starving';
    this.#needed = this.#prebuffer;
    this.#gap ??= 0;
  }

  #wait(samples: number): void {
    if (this.#phase !== 'buffering' && this.#phase !== 'starving') return;
    if (this.#gap !== undefined) this.#gap += samples;
    if (this.#queue.length > 0) this.#waited += samples;
  }

  /** Leaves `buffering` when there is enough to play, or nothing left to wait for. */
  #start(): boolean {
    const { length } = this.#queue;
    if (!this.#isSteady) return false;
    if (!this.#ended && length < this.#needed && !this.#isFast(length)) return false;
    this.#waited = 0;
    if (length === 0) {
      this.#phase = 'drained';
      return true;
    }
    if (this.#gap !== undefined) {
      this.#underruns++;
      this.#concealedSamples += this.#gap;
      this.#gap = undefined;
    }
    this.#needed = 1;
    this.#phase = 'playing';
    return true;
  }

  /** Half the prebuffer is enough when what followed the first arrival came at twice the speed of playback or more. */
  #isFast(length: number): boolean {
    return length * 2 >= this.#needed && length > this.#firstArrival && length - this.#firstArrival >= 2 * this.#waited;
  }
}
