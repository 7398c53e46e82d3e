/**
 * Milliseconds. Found by simulating deliveries with other seeds than those of the tests, seen as coarsely as an audio thread
 * sees them: raise one, and some delivery starts later or gaps more.
 */
const startTimes = {
  /** What is enough for any delivery: so much at once means that it comes far faster than it plays. */
  plenty: 240,
  /** Enough when what followed the first arrival came at twice the speed of playback. */
  fast: 120,
  /** The least that must be there, so that the very next frame may be late: more than one of the usual 40 ms. */
  least: 42,
  /** The wait that carries ordinary jitter. */
  usual: 76,
  /** The wait for a source that makes audio only just faster than it plays: it catches up slowly after a hiccup. */
  slow: 176,
} as const;

/**
 * A source that makes audio only just faster than it plays sends most frames exactly in time and few of them very late, and
 * none of that lateness shows before it comes. What shows is that its arrivals keep to one line; those of a faster, uneven
 * source lie beside it. Every arrival on the line makes it likelier and every other one less so, and the likelier it is, the
 * more audio has to be there to start without the long wait.
 */
const slowLine = {
  /**
   * An arrival counts as on the line up to so many ms before or after it. More before: the first arrival, from which the
   * line is drawn, is itself often late, while everything is starting.
   */
  earlyMs: 10,
  lateMs: 3,
  /** The audio in ms by which each arrival moves what is enough after the usual wait. */
  enoughMs: 90,
} as const;
/** × real time. With what counts as on the line, all speeds up to 1.3. */
const slowSpeeds = [1.05, 1.15, 1.25];

/** A source paced by a clock sends equal frames at playback's own speed. */
const clock = { belowSpeed: 1.1, unevenMs: 1 } as const;

const growth = 1.5;
const mostGrowth = 4;
const relaxAfterMs = 10_000;
/** What comes while the audio thread renders several blocks ahead, it sees up to so much later. */
const stepMs = 20;
/** What comes within so little came at once: several frames in one go are no fast source, and a frame in pieces is one. */
const togetherMs = 4;

interface Arrival {
  /** By the clock of who received it. */
  readonly cameMs: number;
  /** Audio received with and before it. */
  mediaMs: number;
}

/**
 * Decides when there is enough to start, from when audio arrived and how much of it: at once when it comes faster than it
 * plays, else after the wait its jitter needs. Waiting `t` after the first arrival carries every later frame that is up to
 * `t` late. Knows no clock but those it is told: how arrivals follow each other is judged by the clock of who received them,
 * how long it has waited by the frames that were rendered.
 */
export class StartTime {
  readonly #arrivals: Arrival[] = [];
  readonly #samplesPerMs: number;
  /** When the first arrival came, by the frames. */
  #firstMs = 0;
  #growth = 1;
  #smoothSinceMs = 0;

  constructor(sampleRate: number) {
    this.#samplesPerMs = sampleRate / 1000;
  }

  /** How much longer than at first it waits now; 1 to 4. */
  get cushion(): number {
    return this.#growth;
  }

  /** `samples` more have been seen at `frame`; `cameMs` is when they came, by any clock that goes on between arrivals. */
  arrive(frame: number, samples: number, cameMs = frame / this.#samplesPerMs): void {
    const last = this.#arrivals.at(-1);
    if (this.#arrivals.length > 64) return; // long decided
    // The first was seen late by as much as a later one was seen sooner after it came. Coarse clocks make it seem more.
    const firstMs = frame / this.#samplesPerMs - this.#sinceFirst(cameMs);
    this.#firstMs = last ? Math.max(this.#firstMs - stepMs, Math.min(this.#firstMs, firstMs)) : firstMs;
    const mediaMs = (last?.mediaMs ?? 0) + samples / this.#samplesPerMs;
    if (last && cameMs - last.cameMs < togetherMs) last.mediaMs = mediaMs;
    else this.#arrivals.push({ cameMs, mediaMs });
  }

  /** What has arrived came before rendering began at `frame`: the last of it then, as far as anybody knows. */
  begin(frame: number): void {
    this.#firstMs = frame / this.#samplesPerMs - this.#sinceFirst(this.#arrivals.at(-1)?.cameMs ?? 0);
  }

  /** Whether to start at `frame` with `waiting` samples. */
  isReady(frame: number, waiting: number): boolean {
    const waitingMs = waiting / this.#samplesPerMs / this.#growth;
    if (this.#arrivals.length === 0 || waitingMs >= startTimes.plenty) return true;
    if (waitingMs >= startTimes.fast && this.isFast(frame)) return true;
    if (waitingMs < startTimes.least) return false;
    const waitMs = waitingMs < this.#enough() && !this.#isClock() ? startTimes.slow : startTimes.usual;
    return this.#waitedMs(frame) >= waitMs * this.#growth;
  }

  /** Whether what followed the first arrival came at twice the speed of playback or more, until `frame`. */
  isFast(frame: number): boolean {
    const followed = (this.#arrivals.at(-1)?.mediaMs ?? 0) - (this.#arrivals[0]?.mediaMs ?? 0);
    return followed > 0 && followed >= 2 * this.#waitedMs(frame) - 1; // clocks tell whole milliseconds
  }

  #waitedMs(frame: number): number {
    return frame / this.#samplesPerMs - this.#firstMs;
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

  #sinceFirst(cameMs: number): number {
    return cameMs - (this.#arrivals[0]?.cameMs ?? cameMs);
  }

  /** The audio in ms that makes the long wait needless: the more, the more arrivals lie on one line of a slow source. */
  #enough(): number {
    return slowLine.enoughMs * Math.max(...slowSpeeds.map((speed) => this.#onLine(speed)));
  }

  /** How many more arrivals lie on the line of that speed than beside it. */
  #onLine(speed: number): number {
    const [first] = this.#arrivals as [Arrival];
    return this.#arrivals.reduce((count, { cameMs, mediaMs }) => {
      const lateness = cameMs - first.cameMs - (mediaMs - first.mediaMs) / speed;
      return count + (lateness >= -slowLine.earlyMs && lateness <= slowLine.lateMs ? 1 : -1);
    }, -1); // the first is on every line
  }

  /** Whether equal frames come at playback's own speed. Counts from the second: the first is late, while all is starting. */
  #isClock(): boolean {
    const [first, second] = this.#arrivals as [Arrival, Arrival]; // one alone lies on no line, and is not asked about
    const last = this.#arrivals.at(-1)!;
    return (
      last.mediaMs - second.mediaMs < clock.belowSpeed * (last.cameMs - second.cameMs) &&
      this.#arrivals.every(({ mediaMs }, before) => Math.abs(mediaMs - first.mediaMs * (before + 1)) <= clock.unevenMs)
    );
  }
}
