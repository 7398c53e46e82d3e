import type { PcmPlayback } from './playback.ts';

/** What plays and what waits for its turn, in their order. */
export class PlayQueue {
  #live: readonly PcmPlayback[] = [];

  get last(): PcmPlayback | undefined {
    return this.#live.at(-1);
  }

  add(playback: PcmPlayback): PcmPlayback {
    this.#live = [...this.#live, playback];
    void playback.done.then(() => (this.#live = this.#live.filter((each) => each !== playback)));
    return playback;
  }

  setRate(rate: number): void {
    for (const playback of this.#live) playback.setRate(rate);
  }

  /** Ends them all. Resolves when the last has faded. */
  stop(): Promise<unknown> | undefined {
    const allDone = this.last?.allDone;
    for (const playback of this.#live) playback.stop();
    return allDone;
  }
}
