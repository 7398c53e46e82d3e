import type { PcmCommand, PcmPhase, PcmRequest, PcmSettings, PcmStatus } from './pcm-messages.ts';
import { PcmQueue } from './pcm-queue.ts';
import { Ramp } from './ramp.ts';
import { StartTime } from './start-time.ts';
import type { ChooseJump } from './time-stretch.ts';
import { TimeStretch } from './time-stretch.ts';

/** What each command makes of each phase; a phase that is not listed stays as it is. */
const afterCommand: Record<PcmCommand, Partial<Record<PcmPhase, PcmPhase>>> = {
  pause: { buffering: 'paused', playing: 'pausing', seeking: 'pausing', starving: 'pausing' },
  resume: { paused: 'buffering', pausing: 'playing' },
  seek: { playing: 'seeking', starving: 'seeking', drained: 'buffering' },
  stop: {
    buffering: 'stopped',
    paused: 'stopped',
    drained: 'stopped',
    playing: 'stopping',
    pausing: 'stopping',
    seeking: 'stopping',
    starving: 'stopping',
  },
};

/** Where a fade ends. */
const afterFade: Partial<Record<PcmPhase, PcmPhase>> = {
  pausing: 'paused',
  seeking: 'buffering',
  stopping: 'stopped',
  starving: 'buffering',
};

/** In these nothing more sounds by itself. */
const ended: readonly PcmPhase[] = ['drained', 'stopped'];

/** At a rate that the delivery does not keep up with, so much stays for its jitter; more after the sound ran dry. */
const reserveMs = 120;

/** In these nothing of the source is sounding, so that its place may change at once. */
const silent: readonly PcmPhase[] = ['buffering', 'paused', 'drained'];

/**
 * Turns a queue of samples into blocks of sound: waits for the prebuffer, plays, fades at every forced edge, counts what
 * was missing. Knows nothing of Web Audio, so that its whole behaviour is tested without a sound card.
 */
export class PcmRenderer {
  readonly #queue: PcmQueue;
  /** What waits in the queue is read through it. */
  readonly #stretch: TimeStretch;
  readonly #ramp: Ramp;
  /** A fixed one; without it the start is chosen from the delivery. */
  readonly #prebuffer: number | undefined;
  readonly #startTime: StartTime;
  readonly #report: (status: PcmStatus) => void;
  /** A second of the source. */
  readonly #easySamples: number;
  #phase: PcmPhase = 'buffering';
  #reported: PcmPhase | undefined;
  #ended = false;
  #played = 0;
  #seeks = 0;
  #seekTo: number | undefined;
  #underruns = 0;
  #concealedSamples = 0;
  /** After a pause or a seek, one sample is enough to go on; at first and after a starvation it is not. */
  #isFlowing = false;
  /** Samples of silence since the queue ran dry. They count only when more audio follows: a late `ended` is no underrun. */
  #gap: number | undefined;
  #lastSample = 0;
  #nextFrame = -1;
  #isSteady = false;
  #isRetired = false;

  constructor(settings: PcmSettings, report: (status: PcmStatus) => void, choose?: ChooseJump) {
    this.#prebuffer = settings.prebufferSamples;
    this.#queue = new PcmQueue(settings.keptSamples);
    this.#stretch = new TimeStretch(this.#queue, settings.sampleRate, choose);
    this.#stretch.rate = settings.rate ?? 1;
    this.#startTime = new StartTime(settings.sampleRate);
    this.#ramp = new Ramp(settings.rampSamples);
    this.#easySamples = settings.sampleRate;
    this.#report = report;
  }

  accept({ samples, at, cameMs, ended, command, to, rate }: PcmRequest): void {
    if (this.#isRetired && command !== 'stop') return;
    if (rate !== undefined) this.#setRate(rate);
    if (samples) this.#receive(samples, at, cameMs);
    if (ended) this.#ended = true;
    if (!command) return;
    if (command === 'seek') this.#seekTo = to;
    const before = this.#phase;
    this.#phase = afterCommand[command][before] ?? before;
    if (silent.includes(before)) this.#seek();
  }

  /** Whether it plays, with so much waiting that nothing is urgent. At another rate than 1 the page needs to hear of every jump. */
  get isAtEase(): boolean {
    return this.#phase === 'playing' && this.#stretch.rate === 1 && this.#stretch.length > this.#easySamples;
  }

  /** Whether nothing will ever follow. */
  get isOver(): boolean {
    return this.#phase === 'stopped';
  }

  /**
   * Fills one block whose first sample is the context's frame `currentFrame`, beginning at `from`. Returns where what it has
   * ended, if it ended in this block; the rest is silence, or another's.
   */
  render(block: Float32Array, currentFrame: number, from = 0): number {
    const frame = this.#followClock(currentFrame);
    let at = from;
    while (at < block.length) {
      if (this.#phase !== this.#reported) this.report(frame + at);
      if (ended.includes(this.#phase)) break;
      at = this.#step(block, at);
    }
    block.fill(0, at);
    this.#goOn(frame + block.length);
    return at;
  }

  /** It has ended, and another sounds: nothing but a stop means anything now. */
  retire(): void {
    this.#isRetired = true;
  }

  /** Lets a block of `length` pass that is another's. */
  keepTime(currentFrame: number, length: number): void {
    this.#goOn(this.#followClock(currentFrame) + length);
  }

  #goOn(nextFrame: number): void {
    this.#nextFrame = nextFrame;
    // Of one whose turn has not come, the page hears only its end.
    if (this.#phase !== this.#reported && (this.#reported || this.isOver)) this.report();
    if (this.isOver) this.#queue.clear(); // the audio thread's garbage may lie about for long
  }

  /** Tells the page how things stand, as of `frame`: by default the end of the block rendered last. */
  report(frame = this.#nextFrame): void {
    this.#reported = this.#phase;
    this.#report({
      phase: this.#phase,
      frame,
      samples: this.#stretch.position,
      rate: this.#stretch.rate,
      played: this.#played,
      received: this.#queue.received,
      seeks: this.#seeks,
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
    if (this.#nextFrame < 0) this.#startTime.begin(currentFrame);
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
    if (this.#phase === 'buffering' && this.#start(at)) return at;
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
    if (this.#ramp.position > 0) return to;
    this.#phase = afterFade[this.#phase] ?? this.#phase;
    this.#seek();
    return to;
  }

  #take(block: Float32Array, from: number, to: number): number {
    const before = this.#stretch.position;
    this.#stretch.reserveMs = this.#ended ? 0 : reserveMs * this.#startTime.cushion;
    const taken = this.#stretch.read(block, from, to);
    if (taken > 0) this.#lastSample = block[from + taken - 1]!;
    this.#played += this.#stretch.position - before;
    this.#startTime.played(taken);
    return taken;
  }

  #runDry(): void {
    this.#phase = this.#ended ? 'drained' : 'starving';
    this.#isFlowing = false;
    this.#startTime.restart();
    this.#gap ??= 0;
  }

  #wait(samples: number): void {
    if (this.#phase !== 'paused' && this.#gap !== undefined) this.#gap += samples;
  }

  #receive(samples: Float32Array, at: number | undefined, cameMs: number | undefined): void {
    const wasEmpty = this.#stretch.length === 0;
    const added = this.#queue.push(samples, at);
    if (added === 0) return;
    if (this.#isFlowing) return;
    // Only now is it known that the sound ran dry in the middle, and not at the end of a source whose `ended` was late.
    if (wasEmpty && this.#gap !== undefined) this.#startTime.starve();
    this.#startTime.arrive(this.#nextFrame, added / this.#stretch.rate, cameMs); // so long will it sound
  }

  #setRate(rate: number): void {
    this.#stretch.rate = rate;
    this.#reported = undefined;
  }

  /** Goes where a `seek` wanted to, now that nothing sounds. */
  #seek(): void {
    if (this.#seekTo === undefined) return;
    this.#stretch.seek(this.#seekTo);
    this.#seekTo = undefined;
    this.#seeks++;
    this.#reported = undefined;
    this.#gap = undefined; // the silence of a gap was left behind
    this.#isFlowing = this.#queue.length > 0;
  }

  /** Leaves `buffering` when there is enough to play, or nothing left to wait for. */
  #start(at: number): boolean {
    const { length } = this.#stretch;
    if (!this.#isSteady) return false;
    if (!this.#ended && !this.#hasEnough(length, at)) return false;
    if (length === 0) {
      this.#phase = 'drained';
      return true;
    }
    if (this.#gap !== undefined) {
      this.#underruns++;
      this.#concealedSamples += this.#gap;
      this.#gap = undefined;
    }
    this.#isFlowing = true;
    this.#phase = 'playing';
    return true;
  }

  #hasEnough(length: number, at: number): boolean {
    if (length === 0) return false;
    if (this.#isFlowing) return true;
    const frame = this.#nextFrame + at;
    if (this.#prebuffer === undefined) return this.#startTime.isReady(frame, length / this.#stretch.rate);
    // Half is enough when it comes so fast.
    return length >= (this.#startTime.isFast(frame) ? this.#prebuffer / 2 : this.#prebuffer);
  }
}
