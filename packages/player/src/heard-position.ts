import type { PcmPhase, PcmStatus } from './pcm-messages.ts';

/**
 * About five seconds of statuses. Latencies above one second are not believed, so the sixth second is in the past even when
 * nobody has asked since.
 */
const statusesAtMost = 256;

const moving: readonly PcmPhase[] = ['playing', 'pausing', 'seeking', 'stopping'];

/**
 * Which sample of the source belongs to which frame of the context, from the statuses the audio thread sent. Rendering
 * is ahead of hearing by the output's latency, so the newest status alone would tell the future. Between two statuses the way
 * is taken as even: at rate 1 it is, at others it is to within the jumps of the stretch.
 */
export class HeardPosition {
  readonly #statuses: PcmStatus[] = [];
  #heard = 0;

  add(status: PcmStatus): void {
    this.#statuses.push(status);
    if (this.#statuses.length > statusesAtMost) this.#passFirst();
  }

  /** Samples heard when the output has come to `frame`; goes back only by a seek. */
  at(frame: number): number {
    const statuses = this.#statuses;
    while (statuses[1] && statuses[1].frame <= frame) this.#passFirst();
    const [last, next] = statuses;
    if (last && last.frame <= frame) {
      const since = moving.includes(last.phase) ? frame - last.frame : 0;
      const way =
        next && next.seeks === last.seeks
          ? (since * (next.samples - last.samples)) / (next.frame - last.frame)
          : Math.min(since * last.rate, Math.max(0, last.received - last.samples - 1)); // only a status says that the end was reached
      this.#heard = Math.max(this.#heard, last.samples + way);
    }
    return this.#heard;
  }

  #passFirst(): void {
    const passed = this.#statuses.shift();
    if (passed?.seeks !== this.#statuses[0]?.seeks) this.#heard = 0;
  }
}
