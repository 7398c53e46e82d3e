/**
 * Milliseconds. Found by simulating deliveries with other seeds than those of the tests, seen as coarsely as an audio thread
 * sees them: raise one, and some delivery starts later or gaps more.
 */
const startTimes = {
  /** What is enough for any delivery: so much at once means that it comes far faster than it plays. */
  plenty: 240,
  /** Enough when what followed the first arrival came at twice the speed of playback. */
  fast: 120,
  /** The least that must be there, so that the very next frame may be late. */
  least: 40,
  /** The wait that carries ordinary jitter. */
  usual: 80,
  /** The wait for a source that makes audio only just faster than it plays: it catches up slowly after a hiccup. */
  slow: 176,
} as const;

/**
 * A source that makes audio only just faster than it plays sends most frames exactly in time and few of them very late, and
 * none of that lateness shows before it comes. What shows is that its arrivals keep to one line; those of a faster, uneven
 * source lie beside it. Every arrival on the line makes it likelier, so more audio has to be there to start without the long wait.
 */
const slowLine = {
  /** × real time. */
  speed: 1.2,
  /**
   * An arrival counts as on the line up to so many ms before or after it. More before: the first arrival, from which the
   * line is drawn, is itself often seen late, and the audio thread sees all of them in steps of several blocks.
   */
  earlyMs: 15,
  lateMs: 7,
  /** The audio in ms that each arrival on the line adds to what is enough after the usual wait. */
  enoughMs: 80,
} as const;

/** A source paced by a clock sends equal frames at playback's own speed; so coarsely seen, one of 1 is below this, most of 1.2 above. */
const clock = { belowSpeed: 1.1, frameMs: 1 } as const;

const growth = 1.5;
const mostGrowth = 4;
const relaxAfterMs = 10_000;

interface Arrival {
  /** Since the first arrival. */
  readonly atMs: number;
  /** Audio received with and before it. */
  readonly mediaMs: number;
}

/**
 * Decides when there is enough to start, from when audio arrived and how much of it: at once when it comes faster than it
 * plays, else after the wait its jitter needs. Waiting `t` after the first arrival carries every later frame that is up to
 * `t` late. Knows no clock but the one it is told.
 */
export class StartTime {
  readonly #arrivals: Arrival[] = [];
  readonly #samplesPerMs: number;
  #first = 0;
  #growth = 1;
  #smoothSinceMs = 0;

  constructor(sampleRate: number) {
    this.#samplesPerMs = sampleRate / 1000;
  }

  /** How much longer than at first it waits now; 1 to 4. */
  get cushion(): number {
    return this.#growth;
  }

  /** `samples` more have arrived at `frame`. */
  arrive(frame: number, samples: number): void {
    const last = this.#arrivals.at(-1);
    if (!last) this.#first = frame;
    const atMs = (frame - this.#first) / this.#samplesPerMs;
    if (last && this.#arrivals.length > 64) return; // long decided
    const mediaMs = (last?.mediaMs ?? 0) + samples / this.#samplesPerMs;
    if (last?.atMs === atMs) this.#arrivals.pop();
    this.#arrivals.push({ atMs, mediaMs });
  }

  /** What has arrived came before rendering began at `frame`: nobody knows when, so it counts as having come then. */
  begin(frame: number): void {
    this.#first = frame;
  }

  /** Whether to start at `frame` with `waiting` samples. */
  isReady(frame: number, waiting: number): boolean {
    const waitingMs = waiting / this.#samplesPerMs / this.#growth;
    const first = this.#arrivals[0];
    if (!first || waitingMs >= startTimes.plenty) return true;
    const sinceMs = (frame - this.#first) / this.#samplesPerMs;
    const followed = this.#arrivals.at(-1)!.mediaMs - first.mediaMs;
    if (waitingMs >= startTimes.fast && followed > 0 && followed >= 2 * sinceMs) return true;
    if (waitingMs < startTimes.least) return false;
    return sinceMs >= (waitingMs < this.#enough() && !this.#isClock() ? startTimes.slow : startTimes.usual) * this.#growth;
  }

  /** The sound ran dry: what was thought enough was not. Judges the delivery anew. */
  starve(): void {
    this.#growth = Math.min(mostGrowth, this.#growth * growth);
    this.#smoothSinceMs = 0;
    this.restart();
  }

  /** Judges the delivery anew, without blame. */
  restart(): void {
    this.#arrivals.length = 0;
  }

  /** `samples` more were played without a gap; the cushion relaxes. */
  played(samples: number): void {
    if (this.#growth === 1) return;
    this.#smoothSinceMs += samples / this.#samplesPerMs;
    if (this.#smoothSinceMs < relaxAfterMs) return;
    this.#smoothSinceMs = 0;
    this.#growth = Math.max(1, this.#growth / growth);
  }

  /** The audio in ms that makes the long wait needless: the more, the more arrivals lie on the line of a slow source. */
  #enough(): number {
    const { speed, earlyMs, lateMs, enoughMs } = slowLine;
    const firstMs = this.#arrivals[0]!.mediaMs;
    let sum = 0;
    for (let index = 1; index < this.#arrivals.length; index++) {
      const { atMs, mediaMs } = this.#arrivals[index]!;
      const lateness = atMs - (mediaMs - firstMs) / speed;
      if (lateness >= -earlyMs && lateness <= lateMs) sum += enoughMs;
    }
    return sum;
  }

  /** Whether equal frames come at playback's own speed. Counts from the second: the first is seen late, while all is starting. */
  #isClock(): boolean {
    const [first, second] = this.#arrivals;
    const last = this.#arrivals.at(-1)!;
    if (!first || !second || last === second) return false;
    for (let index = 1; index < this.#arrivals.length; index++) {
      const frameMs = this.#arrivals[index]!.mediaMs - this.#arrivals[index - 1]!.mediaMs;
      if (Math.abs(frameMs - first.mediaMs) > clock.frameMs) return false;
    }
    return last.mediaMs - second.mediaMs < clock.belowSpeed * (last.atMs - second.atMs);
  }
}
