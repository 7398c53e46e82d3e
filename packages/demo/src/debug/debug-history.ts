import type { PlaybackState, PlaybackStats } from '@saystream/player';

/** How a playback stood at one moment, in milliseconds since it was asked for. */
export interface Reading extends Pick<PlaybackStats, 'bufferedMs' | 'latencyMs' | 'underruns'> {
  readonly atMs: number;
  readonly state: PlaybackState;
}

/** One chunk of audio that came. */
export interface Arrival {
  readonly atMs: number;
  /** How long it sounds. */
  readonly audioMs: number;
}

/** At sixty a second, more than a minute. */
const most = 4096;

/** What a playback has been doing lately. The oldest is forgotten, except when sound first began. */
export class DebugHistory {
  readonly #readings: Reading[] = [];
  readonly #arrivals: Arrival[] = [];
  readonly #now: () => number;
  readonly #begun: number;
  #firstAudioMs: number | undefined;
  #firstSoundMs: number | undefined;

  /** @param now a clock in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#begun = now();
  }

  get readings(): readonly Reading[] {
    return this.#readings;
  }

  get arrivals(): readonly Arrival[] {
    return this.#arrivals;
  }

  /** When the first audio came; undefined before. */
  get firstAudioMs(): number | undefined {
    return this.#firstAudioMs;
  }

  /** When it was first `playing`; undefined before. */
  get firstSoundMs(): number | undefined {
    return this.#firstSoundMs;
  }

  /** A chunk came that sounds for `audioMs`. */
  arrive(audioMs: number): void {
    const atMs = this.#elapsed();
    this.#firstAudioMs ??= atMs;
    add(this.#arrivals, { atMs, audioMs });
  }

  note(state: PlaybackState, { bufferedMs, latencyMs, underruns }: PlaybackStats): void {
    const atMs = this.#elapsed();
    if (state === 'playing') this.#firstSoundMs ??= atMs;
    add(this.#readings, { atMs, state, bufferedMs, latencyMs, underruns });
  }

  #elapsed(): number {
    return this.#now() - this.#begun;
  }
}

function add<Entry>(entries: Entry[], entry: Entry): void {
  entries.push(entry);
  if (entries.length > most) entries.splice(0, most / 8); // seldom, and then many
}
