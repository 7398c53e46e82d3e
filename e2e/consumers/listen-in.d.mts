/** What left the loudspeaker. */
export interface Heard {
  /** From the click to the first sound, in milliseconds; absent without a sound. */
  readonly firstSoundMs?: number;
  /** Samples from the first sound to the last. */
  readonly samples: number;
  /** In Hz. */
  readonly sampleRate: number;
}

/** Runs in the page before any of its scripts; `window.heard()` returns {@link Heard}. */
export function listenIn(): void;
