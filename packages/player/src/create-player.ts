import type { AudioOutput } from './audio-output.ts';
import { openAudioOutput } from './audio-output.ts';
import type { PcmSource } from './pcm-source.ts';
import { PlayQueue } from './play-queue.ts';
import { PcmPlayback } from './playback.ts';
import type { Playback } from './playback-report.ts';
import { playerError } from './player-error.ts';
import { anySource } from './source/any-source.ts';
import type { EncodedSource } from './source/encoded-source.ts';
import { createControls } from './player-controls.ts';
import { createSocketOffer } from './socket-offer.ts';
import type { SocketWorkerUse } from './socket-offer.ts';

/** Options of {@link createPlayer}. */
export interface PlayerOptions {
  /**
   * Address of `pcm-worklet.js` (this package's `./worklet` export). Default: beside this module, or beside the script of
   * the script-tag build. When it cannot be loaded, a blob is used, which a strict content-security policy refuses.
   */
  readonly workletUrl?: string | URL;
  /**
   * Address of `socket-worker.js` (this package's `./socket-worker` export), in the page's origin. Default: beside this module.
   * If it cannot be started there, or not in the page's origin (a CDN, a `data:` address), a blob is used, which a strict
   * content-security policy refuses.
   */
  readonly workerUrl?: string | URL;
  /**
   * Whether the socket of a `SpeechStream` is held by a worker, so that sound goes on while the page is busy: in Chromium, as
   * Firefox and WebKit read a worker's socket in the page's thread. Only for streams that are played in the same task in which
   * they were made, by a client without a `WebSocket` option of its own.
   *
   * - `auto`, the default: where the page's policy allows a worker; else the page holds the socket
   * - `always`: a refused worker is a failed playback, of kind `playback-blocked`
   * - `never`: the page holds the socket
   */
  readonly worker?: SocketWorkerUse;
  /** From 0 (silent) to 1. Default 1, at which samples are rendered bit by bit as they came. */
  readonly volume?: number;
  /** From 0.5 to 2: see {@link Player.playbackRate}. Default 1. */
  readonly playbackRate?: number;
  /**
   * When sound starts, and starts again after it ran dry. Default `adaptive`: at once when audio comes faster than it plays,
   * else after the wait that its measured delivery needs (76 to 176 ms after the first audio); longer after each time it ran dry, and less again
   * after ten seconds without. A number is milliseconds of audio that must have arrived; half of it
   * when delivery is at least twice as fast as playback. 0 starts at the first sample, `Infinity` at the end of the source.
   */
  readonly prebufferMs?: number | 'adaptive';
}

/** Options of one {@link Player.play}. */
export interface PlayOptions {
  /** Aborting it is the same as `stop()`. */
  readonly signal?: AbortSignal;
  /**
   * Plays after what this player plays or has queued already, instead of stopping it: the first sample follows the last one
   * of the former in the very next frame, if enough has arrived by then. The source is read at once. A source of another
   * sample rate gets a context of its own, and so starts a moment after the former has ended. Its state is `waiting` until
   * then, and `timeToSoundMs` holds that wait. However the former ends, stopped or failed included, this one goes on; stopped
   * before its turn it has `heardMs` 0, and whatever is behind it moves up. A pause holds those behind it too. Default false.
   */
  readonly enqueue?: boolean;
}

/** Plays one source at a time, or one after the other, all on one AudioContext. */
export interface Player {
  /**
   * Plays `source`, samples or encoded audio while it arrives, and stops what this player was playing or had queued before, unless
   * it is to be queued itself. Call it in a click, tap or key handler, so that the
   * browser lets it sound. Whatever goes wrong is in the playback's report: kinds `playback-blocked` (autoplay,
   * content-security policy, no secure context), `not-audio`, `truncated`, `unknown`, or the source's own.
   */
  play(source: PcmSource | EncodedSource, options?: PlayOptions): Playback;
  /** From 0 to 1; a change is ramped over 20 ms. Setting anything else throws a `RangeError`. */
  volume: number;
  /** Silent without losing `volume` or the place; a change is ramped over 20 ms. Default false. */
  muted: boolean;
  /**
   * How fast speech is spoken, from 0.5 to 2, without a change of pitch; for what plays and what will play. All times stay those
   * of the source. At 1, the default, samples are rendered bit by bit. Setting anything else throws a `RangeError`.
   */
  playbackRate: number;
  /**
   * Plays through another device: a `deviceId` of `navigator.mediaDevices`, '' for the default one. Rejects with
   * `playback-blocked` where the browser cannot (WebKit and Firefox have no `setSinkId` on an AudioContext), does not know the device, or may not use it.
   */
  setOutputDevice(id: string): Promise<void>;
  /**
   * Everything played passes through it unchanged, for waveforms and for tapping. It belongs to the current context, at
   * 24,000 Hz before the first `play()`: read it again after `play()`, because a source of another rate brings a new one.
   * Throws a `playback-blocked` error where there is no Web Audio.
   */
  readonly analyser: AnalyserNode;
  /**
   * Makes the context, loads the worklet and gets the browser's permission, ahead of a `play()` outside a gesture. Call it
   * in a click, tap or key handler. Rejects with `playback-blocked` when the browser refuses, after one second at most.
   */
  unlock(): Promise<void>;
  /** Ends a running playback as `cancelled` and closes the context. A later `play()` makes a new one. */
  close(): Promise<void>;
}

/** The rate of most speech; a stream of another rate gets its own context as soon as it is known. */
const usualSampleRate = 24_000;
const unlockLimitMs = 1000;
/** Chromium never forgets a context that is closed while its audio thread has something to hand over, and all that hangs on it. */
const handOverMs = 100;

/**
 * Makes a player; nothing is opened before it is used, so it may be called anywhere, servers included.
 * @throws RangeError when `volume`, `playbackRate` or `prebufferMs` is out of range
 */
export function createPlayer(options: PlayerOptions = {}): Player {
  const { workletUrl, workerUrl, worker = 'auto', prebufferMs = 'adaptive' } = options;
  if (prebufferMs !== 'adaptive' && !(prebufferMs >= 0))
    throw new RangeError(`prebufferMs must be 0 or more, not ${prebufferMs}.`);
  const sockets = createSocketOffer(worker, workerUrl);
  let deviceId: string | undefined;
  let output: AudioOutput | undefined;
  const queue = new PlayQueue();
  /** When those have ended that may sound on a context which another replaces. */
  let previous: Promise<unknown> | undefined;

  const open = (sampleRate?: number): AudioOutput => {
    const old = output;
    const usable = old && old.context.state !== 'closed' && sampleRate === (sampleRate && old.context.sampleRate);
    if (usable) return old;
    output = openAudioOutput(sampleRate ?? usualSampleRate, controls.muted ? 0 : controls.volume, workletUrl);
    if (deviceId !== undefined) setSink(output.context, deviceId).catch(() => {}); // gone meanwhile: the default sounds
    if (old) void closeAfter(previous, old.context); // what played on it may be fading out
    return output;
  };

  const controls = createControls(
    options,
    open,
    () => output,
    (rate) => queue.setRate(rate),
  );
  return Object.assign(controls, {
    play(source: PcmSource | EncodedSource, { signal, enqueue = false }: PlayOptions = {}) {
      const after = enqueue ? queue.last : undefined;
      previous = enqueue ? after?.allDone : queue.stop();
      const playback = new PcmPlayback(anySource(source), { prebufferMs, controls, open, offerSocket: sockets.offer }, after);
      return stoppedBy(signal, queue.add(playback));
    },
    async setOutputDevice(id: string) {
      await setSink(open().context, id);
      deviceId = id;
    },
    async unlock() {
      await unlockOutput(open());
    },
    async close() {
      const context = output?.context;
      output = undefined;
      const ends = queue.stop();
      sockets.close();
      if (context) await closeAfter(ends, context);
    },
  });
}

function stoppedBy(signal: AbortSignal | undefined, playback: Playback): Playback {
  const stop = (): void => playback.stop();
  signal?.addEventListener('abort', stop);
  void playback.done.then(() => signal?.removeEventListener('abort', stop));
  if (signal?.aborted) stop();
  return playback;
}

async function unlockOutput({ context, load }: AudioOutput): Promise<void> {
  load().catch(() => {}); // said by the playback that needs it
  const resumed = context.resume().catch(() => {});
  await Promise.race([resumed, new Promise((resolve) => setTimeout(resolve, unlockLimitMs))]);
  if (context.state !== 'running') throw refusedToSound();
}

async function closeAfter(ends: Promise<unknown> | undefined, context: AudioContext): Promise<void> {
  await ends;
  await new Promise((resolve) => setTimeout(resolve, handOverMs));
  if (context.state !== 'closed') await context.close();
}

async function setSink(context: AudioContext & { setSinkId?: (id: string) => Promise<void> }, id: string): Promise<void> {
  try {
    if (!context.setSinkId) throw new TypeError('AudioContext has no setSinkId.');
    await context.setSinkId(id);
  } catch (cause) {
    throw playerError('playback-blocked', 'The browser does not play through this device.', 'Use its default device.', cause);
  }
}

const refusedToSound = (): Error =>
  playerError(
    'playback-blocked',
    'The browser does not let this page sound yet.',
    'Call unlock() or play() in a click, tap or key handler.',
  );
