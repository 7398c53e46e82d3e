/** Milliseconds, all found by simulating deliveries (see the tests): raise one, and some delivery starts later or gaps more. */
const startTimes = {
  /** What is enough for any delivery: so much at once means that it comes far faster than it plays. */
  plenty: 240,
  /** Enough when what followed the first arrival came at twice the speed of playback. */
  fast: 120,
  /** The least that must be there, so that the very next frame may be late. */
  least: 50,
  /** The wait that carries ordinary jitter. */
  usual: 80,
  /** The wait for a source that makes audio only just faster than it plays: it catches up slowly after a hiccup. */
  slow: 176,
} as const;

/** How far, in milliseconds, arrivals may lie beside their line while it still counts as the source's own speed. */
const onLineMs = 9;
/** Clock-paced sources deliver at 1; above 1.4 a source outruns its hiccups. */
const slowSpeed = { from: 1.08, to: 1.4 } as const;

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

  /** Whether to start at `frame` with `waiting` samples. */
  isReady(frame: number, waiting: number): boolean {
    const waitingMs = waiting / this.#samplesPerMs / this.#growth;
    const first = this.#arrivals[0];
    if (!first || waitingMs >= startTimes.plenty) return true;
    const sinceMs = (frame - this.#first) / this.#samplesPerMs;
    const followed = this.#arrivals.at(-1)!.mediaMs - first.mediaMs;
    if (waitingMs >= startTimes.fast && followed > 0 && followed >= 2 * sinceMs) return true;
    if (waitingMs < startTimes.least) return false;
    return sinceMs >= (this.#isSlow() ? startTimes.slow : startTimes.usual) * this.#growth;
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

  /** Whether the arrivals lie on a line only just steeper than playback. Scattered ones say nothing about the speed. */
  #isSlow(): boolean {
    const first = this.#arrivals[0]!;
    const last = this.#arrivals.at(-1)!;
    const speed = (last.mediaMs - first.mediaMs) / last.atMs;
    if (!(speed > slowSpeed.from && speed < slowSpeed.to)) return false;
    return this.#arrivals.every(({ atMs, mediaMs }) => Math.abs(atMs - (mediaMs - first.mediaMs) / speed) <= onLineMs);
  }
}
