import { HeardPosition } from './heard-position.ts';
import { heardContextTime } from './output-clock.ts';
import type { PcmStatus } from './pcm-messages.ts';
import type { PlaybackStats } from './playback-report.ts';

/** How much of one source was received, rendered and heard, and how long the listener waited for it. */
export class PlaybackMeter {
  readonly #page: { readonly received: number };
  readonly #startedAt = performance.now();
  readonly #position = new HeardPosition();
  #waitingSince: number | undefined;
  #waitedFrames = 0;
  /** Where it sounds. Without one nothing was heard. */
  context: AudioContext | undefined;
  /** What the audio thread said last. */
  rendered: PcmStatus | undefined;
  /** From `play()` to the first sample that was heard. */
  timeToSoundMs: number | undefined;

  /** @param page what has come by in the page */
  constructor(page: { readonly received: number }) {
    this.#page = page;
  }

  /** Takes what the audio thread says. */
  add(status: PcmStatus): void {
    const { phase, frame } = status;
    this.rendered = status;
    this.#position.add(status);
    // A wait is counted while it lasts; whether it was an underrun is known when audio follows.
    const waits = this.timeToSoundMs !== undefined && (phase === 'buffering' || phase === 'starving');
    if (this.#waitingSince !== undefined) this.#waitedFrames += frame - this.#waitingSince;
    this.#waitingSince = waits ? frame : undefined;
    if (phase === 'playing')
      this.timeToSoundMs ??= performance.now() - this.#startedAt + (frame - this.#heardFrame) * this.#msPerSample;
  }

  get sampleRate(): number {
    return this.context?.sampleRate ?? 1; // without a context there are no samples either
  }

  /** Samples that have come. A worker may have delivered more to the audio thread than has come by in the page. */
  get received(): number {
    return Math.max(this.#page.received, this.rendered?.received ?? 0);
  }

  /** Where in the source the listener is, in samples. */
  get heard(): number {
    return this.#position.at(this.#heardFrame);
  }

  /** What was heard twice included. Where no last word came from the audio thread, what must have sounded since the one before. */
  get heardMs(): number {
    if (!this.rendered) return 0;
    const { played, samples } = this.rendered;
    return (played + Math.max(0, this.heard - samples)) * this.#msPerSample;
  }

  /** How it stands now. */
  get stats(): PlaybackStats {
    const ms = this.#msPerSample;
    const { underruns = 0, concealedSamples = 0 } = this.rendered ?? {};
    const { context, received } = this;
    return {
      bufferedMs: (received - this.heard) * ms,
      receivedMs: received * ms,
      latencyMs: context ? Math.max(0, context.currentTime * this.sampleRate - this.#heardFrame) * ms : 0,
      underruns,
      concealedMs: concealedSamples * ms,
      rebufferMs: this.#waitedFrames * ms,
    };
  }

  get #msPerSample(): number {
    return 1000 / this.sampleRate;
  }

  /** The context's frame that leaves the loudspeaker now. */
  get #heardFrame(): number {
    return this.context ? heardContextTime(this.context) * this.sampleRate : 0;
  }
}
