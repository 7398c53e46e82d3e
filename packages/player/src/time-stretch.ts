import type { PcmQueue } from './pcm-queue.ts';

/** Milliseconds. Chosen by the tests' signals: shorter ones roughen a deep voice, longer ones echo. */
const spliceTimes = {
  /** How long the sound that is left fades into the sound that is gone to. */
  overlap: 10,
  /** A jump may be so much longer or shorter than what is due: any voice down to 50 Hz has a whole period in there. */
  search: 10,
  /** The shortest jump: even shorter ones always look alike, and many of them would shift the pitch. */
  leastJump: 2.5,
  /** So much has to be due before it is worth a jump. */
  usualJump: 10,
  /** At the highest rates more is due, so that there is as much sound as this between two jumps. */
  leastApart: 20,
} as const;

/** May settle for another jump than the one `found`, of up to `most` samples: a replay without the sound knows where it went. */
export type ChooseJump = (found: number, most: number) => number;

/** Comparing at 12,000 Hz finds the place, comparing at the full rate then finds the sample. */
const coarseSampleRate = 12_000;
/** Silence resembles everything equally. */
const faintest = 1e-9;

/**
 * Reads a queue faster or slower than it sounds, without a change of pitch (WSOLA: Verhelst and Roelands, ICASSP 1993). Samples
 * are read as they are; whenever enough is due, it jumps ahead or back to where the waveform is most alike, over a crossfade.
 * So at rate 1 nothing is touched, and a change of rate makes no edge: it only changes when the next jump is due.
 * Where too little has come to jump ahead, it reads on as at rate 1. Allocates nothing after its construction.
 */
export class TimeStretch {
  /** What a jump ahead leaves in the queue: without it, a source slower than the rate would run dry again and again. */
  reserveMs = 0;
  readonly #queue: PcmQueue;
  readonly #choose: ChooseJump | undefined;
  readonly #samplesPerMs: number;
  readonly #coarse: number;
  readonly #rise: Float32Array;
  /** The crossfade that is being read; beyond `#fadeAt` it waits, at its end there is none. */
  readonly #fade: Float32Array;
  #fadeAt: number;
  readonly #window: Float32Array;
  /** Where in the window the sound goes on, and which way the jump goes. */
  #origin = 0;
  #direction = 0;
  #rate = 1;
  /** Samples by which the reading lags behind its rate, in the direction of the jump. */
  #due = 0;

  constructor(queue: PcmQueue, sampleRate: number, choose?: ChooseJump) {
    this.#queue = queue;
    this.#choose = choose;
    this.#samplesPerMs = sampleRate / 1000;
    this.#coarse = Math.max(1, Math.round(sampleRate / coarseSampleRate));
    const overlap = this.#samples(spliceTimes.overlap);
    this.#rise = Float32Array.from({ length: overlap }, (_, at) => 0.5 - 0.5 * Math.cos((Math.PI * (at + 1)) / (overlap + 1)));
    this.#fade = new Float32Array(overlap);
    this.#fadeAt = overlap;
    const longestJump = this.#samples(spliceTimes.leastApart + spliceTimes.search);
    this.#window = new Float32Array(longestJump + overlap);
  }

  /** Samples of the source per sample read. */
  get rate(): number {
    return this.#rate;
  }

  /** @param rate from 0.5 to 2 */
  set rate(rate: number) {
    const direction = Math.sign(rate - 1);
    if (direction !== this.#direction) this.#due = 0;
    this.#direction = direction;
    this.#rate = rate;
  }

  /** Samples waiting. */
  get length(): number {
    return this.#queue.length + this.#fade.length - this.#fadeAt;
  }

  /** Samples of the source before the next one to be read. */
  get position(): number {
    return this.#queue.position - (this.#fade.length - this.#fadeAt);
  }

  seek(position: number): void {
    this.#queue.seek(position);
    this.#fadeAt = this.#fade.length;
    this.#due = 0;
  }

  /** Moves samples into `block[from..to)` and returns how many there were: fewer than asked for when the queue runs dry. */
  read(block: Float32Array, from: number, to: number): number {
    let at = from;
    while (at < to) {
      const read = this.#readFade(block, at, to) || this.#readQueue(block, at, to);
      if (read === 0) break;
      at += read;
      this.#due = Math.min(this.#due + Math.abs(this.#rate - 1) * read, this.#samples(spliceTimes.leastApart));
    }
    return at - from;
  }

  #readFade(block: Float32Array, from: number, to: number): number {
    const read = Math.min(this.#fade.length - this.#fadeAt, to - from);
    for (let at = 0; at < read; at++) block[from + at] = this.#fade[this.#fadeAt + at]!;
    this.#fadeAt += read;
    return read;
  }

  /** Up to where the next jump is due, or the beginning of a crossfade when it is. */
  #readQueue(block: Float32Array, from: number, to: number): number {
    if (this.#direction === 0) return this.#queue.read(block, from, to);
    const speed = Math.abs(this.#rate - 1);
    const wanted = Math.max(this.#samples(spliceTimes.usualJump), speed * this.#samples(spliceTimes.leastApart));
    const until = Math.ceil((wanted - this.#due) / speed);
    if (until <= 0 && this.#splice()) return this.#readFade(block, from, to);
    return this.#queue.read(block, from, until > 0 ? Math.min(to, from + until) : to);
  }

  /** Prepares a crossfade to where the waveform is most alike, and goes there. False when there is not enough to compare. */
  #splice(): boolean {
    const overlap = this.#fade.length;
    const due = Math.round(this.#due);
    // One more, so that the last sample of a source is read as it is.
    const kept = overlap + 1 + this.#samples(this.reserveMs);
    const room = this.#direction > 0 ? this.#queue.length - kept : this.#queue.behind;
    if (room < due || this.#queue.length < overlap) return false;
    const search = this.#samples(spliceTimes.search);
    const least = Math.max(this.#samples(spliceTimes.leastJump), due - search);
    const most = Math.min(due + search, room);
    this.#origin = this.#direction > 0 ? 0 : most;
    this.#queue.peek(-this.#origin, this.#window, most + overlap);
    const coarse = this.#mostAlike(due, least, most, this.#coarse);
    const found = this.#mostAlike(
      coarse,
      Math.max(least, coarse - this.#coarse + 1),
      Math.min(most, coarse + this.#coarse - 1),
      1,
    );
    const jump = this.#choose?.(found, most) ?? found;
    const target = this.#origin + this.#direction * jump;
    for (let at = 0; at < overlap; at++) {
      const left = this.#window[this.#origin + at]!;
      this.#fade[at] = left + this.#rise[at]! * (this.#window[target + at]! - left);
    }
    this.#fadeAt = 0;
    this.#queue.move(this.#direction * jump + overlap);
    this.#due -= jump;
    return true;
  }

  /** The jump between `least` and `most` after which the sound resembles most what would follow without it. */
  #mostAlike(usual: number, least: number, most: number, step: number): number {
    let best = usual;
    let bestLikeness = this.#likeness(usual, step) + faintest;
    for (let jump = least; jump <= most; jump += step) {
      const likeness = this.#likeness(jump, step);
      if (likeness <= bestLikeness) continue;
      best = jump;
      bestLikeness = likeness;
    }
    return best;
  }

  /** The correlation, normalised by the energy of what is jumped to: a loud place is not more alike than a soft one. */
  #likeness(jump: number, step: number): number {
    const window = this.#window;
    const end = this.#origin + this.#fade.length;
    const by = this.#direction * jump;
    let product = 0;
    let energy = faintest;
    for (let at = this.#origin; at < end; at += step) {
      const there = window[at + by]!;
      product += window[at]! * there;
      energy += there * there;
    }
    return product / Math.sqrt(energy);
  }

  #samples(ms: number): number {
    return Math.round(ms * this.#samplesPerMs);
  }
}
