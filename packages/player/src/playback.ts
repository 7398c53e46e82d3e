import type { AudioOutput } from './audio-output.ts';
import { drainSource } from './drain-source.ts';
import { followPlayback } from './follow-playback.ts';
import { PcmFeed } from './pcm-feed.ts';
import type { PcmPhase, PcmSettings, PcmStatus } from './pcm-messages.ts';
import type { PcmTrack } from './pcm-track.ts';
import { closeTrack, openTrack } from './pcm-track.ts';
import type { PcmSource, PcmSourceFormat } from './pcm-source.ts';
import { PlaybackMeter } from './playback-meter.ts';
import type { Playback, PlaybackReport, PlaybackStats } from './playback-report.ts';
import type { PlaybackError } from './player-error.ts';
import { asPlaybackError, playerError } from './player-error.ts';
import type { PlaybackEvent, PlaybackState, SoundState } from './player-state.ts';
import { initialStatus, isOver, nextStatus } from './player-state.ts';
import { wakeAudioContext } from './wake-audio-context.ts';

/** What a playback needs from its player. `open` without a rate takes the context that is there. */
export interface PlaybackHost {
  readonly prebufferMs: number | 'adaptive';
  readonly controls: { readonly playbackRate: number };
  open(sampleRate?: number): AudioOutput;
  /**
   * Offers `source` a socket in a worker, if it has one to dial; its samples then come through the port that `connect` is given.
   * `onRefused` is called when there has to be one and there is none.
   */
  offerSocket(source: PcmSource, connect: (port: MessagePort) => void, onRefused: (error: unknown) => void): void;
}

/** Long enough to hear no click, short enough to feel immediate. */
const rampSeconds = 0.005;
/** At 24 kHz 58 MB, of speech that nobody hears twice. */
const keptSeconds = 600;
/** A fade takes 5 ms; a context that stopped running meanwhile never finishes it. */
const fadeLimitMs = 200;

const soundOfPhase: Partial<Record<PcmPhase, SoundState>> = {
  buffering: 'buffering',
  starving: 'buffering',
  playing: 'playing',
};

const endOfVerdict: Record<PlaybackReport['verdict'], PlaybackEvent> = {
  completed: 'ended',
  cancelled: 'stopped',
  truncated: 'failed',
  failed: 'failed',
};

export class PcmPlayback extends EventTarget implements Playback {
  readonly done: Promise<PlaybackReport>;
  /** Resolves when this and all that it follows have ended. */
  readonly allDone: Promise<unknown>;
  /** Where it plays, or would have: the next one follows there. */
  readonly track: Promise<PcmTrack | undefined>;
  readonly #host: PlaybackHost;
  readonly #feed = new PcmFeed();
  readonly setRate = (rate: number): void => this.#feed.post({ rate });
  readonly #meter = new PlaybackMeter(this.#feed);
  readonly #giveUpSource: () => void;
  readonly #played: (() => void) | undefined;
  #settle!: (report: PlaybackReport) => void;
  /** Until its turn has come. */
  #after: PcmPlayback | undefined;
  /** How it stood when it ended. */
  #end: { readonly stats: PlaybackStats; readonly time: number } | undefined;
  #status = initialStatus;
  #output: AudioOutput | undefined;
  #letGo = (): void => {};
  #sourceError: PlaybackError | undefined;

  /** @param after what it waits for, to follow it without a gap */
  constructor(source: PcmSource, host: PlaybackHost, after?: PcmPlayback) {
    super();
    this.#host = host;
    this.#after = after;
    this.done = new Promise((resolve) => (this.#settle = resolve));
    this.allDone = Promise.all([this.done, after?.allDone]);
    host.offerSocket(
      source,
      (port) => this.#feed.post({ port }, port),
      (error) => this.#fail(asPlaybackError(error)),
    );
    this.#played = followPlayback(source, () => this.bufferedMs);
    this.#giveUpSource = drainSource(source, {
      onChunk: (chunk) => this.#onChunk(chunk),
      onEnd: (error) => this.#onSourceEnd(error),
    });
    this.track = this.#open(source.format, after).catch((error: unknown) => {
      this.#fail(asPlaybackError(error));
      return after?.track;
    });
  }

  get state(): PlaybackState {
    return this.#status.name;
  }

  get currentTime(): number {
    return this.#end?.time ?? this.#meter.heard / this.#meter.sampleRate;
  }

  get bufferedMs(): number {
    return this.stats.bufferedMs;
  }

  get stats(): PlaybackStats {
    return this.#end?.stats ?? this.#meter.stats;
  }

  pause(): void {
    this.#apply('pause');
    this.#feed.command('pause');
  }

  resume(): void {
    this.#apply('resume');
    this.#feed.command('resume');
  }

  seek(seconds: number): number {
    if (isOver(this.#status) || Number.isNaN(seconds)) return this.currentTime;
    const { received, sampleRate } = this.#meter;
    const to = Math.min(received, Math.max(0, received - keptSeconds * sampleRate, seconds * sampleRate));
    this.#feed.command('seek', to);
    return to / sampleRate;
  }

  interrupt(): { heardMs: number } {
    const heardMs = this.currentTime * 1000;
    this.stop();
    return { heardMs };
  }

  stop(): void {
    if (isOver(this.#status)) return;
    this.#giveUpSource();
    this.#apply('stopped');
    if (!this.#meter.rendered || this.#output?.context.state !== 'running') return this.#finish('cancelled', this.#sourceError);
    this.#feed.command('stop');
    setTimeout(() => this.#finish('cancelled', this.#sourceError), fadeLimitMs);
  }

  /** Runs up to its first `await` inside `play()`, so inside the listener's gesture: that is where the context is made. */
  async #open(format: PcmSource['format'], after: PcmPlayback | undefined): Promise<PcmTrack | undefined> {
    this.#use(this.#host.open(after ? undefined : (format as Partial<PcmSourceFormat> | undefined)?.sampleRate));
    const sampleRate = (await format)?.sampleRate;
    if (!(sampleRate > 0)) throw noFormat();
    const before = await after?.track;
    if (isOver(this.#status)) return before;
    if (before) this.#use(this.#host.open()); // it may have brought another context
    if (sampleRate !== this.#meter.sampleRate) {
      await after?.allDone;
      if (isOver(this.#status)) return before;
      this.#use(this.#host.open(sampleRate));
    }
    const { gain, load } = this.#output!;
    await load();
    if (isOver(this.#status)) return before;
    const { prebufferMs } = this.#host;
    const settings: PcmSettings = {
      sampleRate,
      prebufferSamples: prebufferMs === 'adaptive' ? undefined : Math.round((prebufferMs / 1000) * sampleRate),
      rampSamples: Math.ceil(rampSeconds * sampleRate),
      keptSamples: keptSeconds * sampleRate,
      rate: this.#host.controls.playbackRate,
    };
    const track = openTrack(gain, settings, before);
    track.port.onmessage = ({ data }: MessageEvent<PcmStatus>) => this.#onStatus(data, track);
    track.shared.node.addEventListener('processorerror', () => this.#fail(processorBroke()));
    this.#feed.connect(track.port);
    return track;
  }

  #use(output: AudioOutput): void {
    const { context, load } = output;
    this.#letGo();
    this.#output = output;
    this.#meter.context = context;
    load().catch(() => {}); // said when it is awaited
    // Whoever closes it properly has stopped the playback before.
    const onStateChange = (): void => {
      if (context.state === 'closed') return this.#fail(outputLost());
      // Held meanwhile: a context that goes on leaves a few blocks out after its first one, and sound fades in when all is steady.
      if (this.state !== 'paused') this.#feed.command(context.state === 'running' ? 'resume' : 'pause');
      this.#follow();
    };
    const onError = (): void => void context.close();
    context.addEventListener('statechange', onStateChange);
    context.addEventListener('error', onError);
    const letSleep = wakeAudioContext(context, () => this.dispatchEvent(new Event('blocked')));
    this.#letGo = () => {
      letSleep();
      context.removeEventListener('statechange', onStateChange);
      context.removeEventListener('error', onError);
    };
  }

  #onChunk(chunk: Float32Array): void {
    this.#feed.push(chunk);
    this.#follow();
  }

  #onSourceEnd(error: PlaybackError | undefined): void {
    this.#sourceError = error;
    if (error && (this.#feed.received === 0 || error.kind === 'aborted')) this.#fail(error);
    else if (this.#feed.received === 0) this.#finish('completed');
    else this.#feed.end();
  }

  #onStatus(status: PcmStatus, track: PcmTrack): void {
    const { phase, samples, underruns } = status;
    this.#after = undefined;
    if (phase === 'stopped') closeTrack(track);
    if (this.#end) return;
    const before = this.#meter.rendered;
    this.#meter.add(status);
    if (before && underruns > before.underruns) this.dispatchEvent(new Event('underrun'));
    if (phase === 'stopped') return this.#finish('cancelled', this.#sourceError);
    if (phase === 'drained' && this.#meter.heard >= samples && !isOver(this.#status)) {
      return this.#finish(this.#sourceError ? 'truncated' : 'completed', this.#sourceError);
    }
    this.#feed.flush();
    this.#follow();
    this.#played?.();
  }

  /** Brings the state in line with what the context and the audio thread are doing. */
  #follow(): void {
    if (this.#after || this.#output?.context.state !== 'running' || this.#feed.received === 0) return this.#apply('waiting');
    const sound = soundOfPhase[this.#meter.rendered?.phase ?? 'buffering'];
    if (sound) this.#apply(sound);
  }

  #apply(event: PlaybackEvent): void {
    const before = this.#status.name;
    this.#status = nextStatus(this.#status, event);
    if (this.#status.name !== before) this.dispatchEvent(new Event('statechange'));
  }

  #fail(error: PlaybackError): void {
    if (error.kind !== 'aborted') return this.#finish('failed', error);
    this.#sourceError = error;
    this.stop();
  }

  #finish(verdict: PlaybackReport['verdict'], error?: PlaybackError): void {
    if (this.#end) return;
    const { heard, heardMs, rendered, sampleRate, stats, timeToSoundMs } = this.#meter;
    const { bufferedMs: _, receivedMs, ...counts } = stats;
    this.#end = { stats: { bufferedMs: 0, receivedMs, ...counts }, time: Math.max(heard, rendered?.samples ?? 0) / sampleRate };
    const report: PlaybackReport = {
      verdict: isOver(this.#status) ? 'cancelled' : verdict, // stop() came first
      heardMs,
      ...(timeToSoundMs !== undefined && { timeToSoundMs }),
      ...counts,
      ...(error && { error }),
    };
    this.#after = undefined;
    this.#giveUpSource();
    this.#feed.command('stop'); // the processor answers with `stopped`, and its node is let go
    this.#letGo();
    this.#apply(endOfVerdict[verdict]);
    this.#settle(report);
  }
}

const processorBroke = (): PlaybackError =>
  playerError('unknown', 'The audio worklet stopped working.', 'Play again; if it happens again, please report it.');

const outputLost = (): PlaybackError =>
  playerError('unknown', 'The audio output was closed, or broke, while it played.', 'Play again: it gets a new one.');

const noFormat = (): PlaybackError =>
  playerError('not-audio', 'The source does not say its sample rate.', 'Give it a format: { sampleRate } in Hz.');
