import type { DeliveryName } from '../delivery-plans.ts';
import type { MeasuredPlayer, PlayerSetup, ReadyPlayer } from './measured-player.ts';
import { saystreamPlayer } from './saystream-player.ts';
import { openDelivery } from './socket-delivery.ts';
import { warmContext, type OutputTap, type Recording } from './tap-output.ts';

/** Something done to the player while it plays. */
export interface Action {
  readonly do: 'pause' | 'resume' | 'stop' | 'mute' | 'unmute' | 'half' | 'full' | 'block';
  /** Milliseconds after the first frame (after `play()` where the page does not see frames). */
  readonly atMs: number;
}

/** One run. */
export interface RunRequest extends PlayerSetup {
  readonly player: string;
  readonly deliveryUrl?: string;
  readonly delivery?: DeliveryName;
  readonly seed: number;
  readonly actions?: readonly Action[];
  /** Nothing is awaited longer. */
  readonly limitMs: number;
}

/** When something was done, by several clocks. */
export interface ActionTime {
  readonly do: Action['do'];
  readonly epochMs: number;
  /** The context's frame that was leaving the loudspeaker, by the output timestamp. */
  readonly heardFrame: number;
  /** The context's frame that was next to be rendered, as the page knows. */
  readonly nextFrame: number;
}

/** What a run gave. The samples are base64 of 32-bit floats. */
export interface RunResult extends Omit<Recording, 'samples'> {
  readonly samples: string;
  readonly sampleRate: number;
  /** When `play()` was called, and when the first frame was sent, in epoch ms. */
  readonly playAtMs: number;
  readonly firstFrameAtMs?: number;
  readonly leastStartMs?: number;
  readonly latestMs?: number;
  /** Epoch ms at which a frame left the loudspeaker, by the output timestamp; null where the engine has none. */
  readonly heard: { readonly frame: number; readonly epochMs: number } | null;
  readonly actions: readonly ActionTime[];
  readonly report: object;
  /** The longest that the page's main thread was busy, with whatever. */
  readonly busyMs: number;
}

const players: Record<string, MeasuredPlayer> = { saystream: saystreamPlayer };

/** Adds a player under a name. */
export const registerPlayer = (name: string, player: MeasuredPlayer): void => void (players[name] = player);

const epochNow = (): number => performance.timeOrigin + performance.now();
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const blockMs = 300;

/** Firefox over PulseAudio hangs the page for ever on some of these calls: see the player's `output-clock.ts`. */
const hangsWhenAsked = /X11.*Firefox/.test(navigator.userAgent);

function heardNow(context: AudioContext): RunResult['heard'] {
  if (hangsWhenAsked) return null;
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp?.() ?? {};
  // WebKitGTK's is seconds off.
  if (!(contextTime > 0) || Math.abs(performanceTime - performance.now()) > 1000) return null;
  return { frame: contextTime * context.sampleRate, epochMs: performance.timeOrigin + performanceTime };
}

function act(action: Action['do'], player: ReadyPlayer): void {
  if (action === 'block') for (const from = performance.now(); performance.now() - from < blockMs;);
  else if (action === 'mute' || action === 'unmute') player.setMuted?.(action === 'mute');
  else if (action === 'half' || action === 'full') player.setVolume?.(action === 'half' ? 0.5 : 1);
  else player[action]?.();
}

function schedule(actions: readonly Action[], player: ReadyPlayer, context: AudioContext): ActionTime[] {
  const done: ActionTime[] = [];
  for (const { do: what, atMs } of actions) {
    setTimeout(() => {
      const { currentTime, sampleRate } = context;
      const heard = heardNow(context);
      const epochMs = epochNow();
      const heardFrame = heard ? heard.frame + ((epochMs - heard.epochMs) / 1000) * sampleRate : currentTime * sampleRate;
      done.push({ do: what, epochMs, heardFrame, nextFrame: currentTime * sampleRate });
      act(what, player);
    }, atMs);
  }
  return done;
}

/** Sound has ended when nothing more comes and nothing more is due to be done, and it has been silent for this long. */
const silentEndMs = 600;

function watchSilence(tap: OutputTap, onDry: () => void): { readonly isOver: () => boolean } {
  let silentSince: number | undefined;
  tap.onChange = (sounds) => {
    silentSince = sounds ? undefined : performance.now();
    if (!sounds) onDry();
  };
  return { isOver: () => silentSince !== undefined && performance.now() - silentSince > silentEndMs };
}

function watchBusy(): { end(): number } {
  const everyMs = 10;
  let longest = 0;
  let before = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - before - everyMs);
    before = performance.now();
  }, everyMs);
  return {
    end: () => {
      clearInterval(timer);
      return longest;
    },
  };
}

function base64Of({ buffer, byteOffset, byteLength }: Float32Array): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

async function run(request: RunRequest): Promise<RunResult> {
  const measured = players[request.player];
  if (!measured) throw new Error(`There is no player ${request.player}.`);
  const tap = await warmContext(measured.asksForRate ?? true);
  const player = await measured.prepare(request);
  const delivery = request.deliveryUrl ? await openDelivery(request.deliveryUrl) : undefined;
  const { isOver } = watchSilence(tap, () => delivery?.sayDry());
  tap.start();
  await sleep(30);
  const busy = watchBusy();
  const playAtMs = epochNow();
  player.play(delivery);
  if (delivery && request.delivery) delivery.request({ delivery: request.delivery, seed: request.seed });
  const { actions = [], limitMs } = request;
  const done = await within(limitMs, async () => {
    const acted = schedule(actions, player, tap.context);
    const delivered = await delivery?.done;
    while (!isOver() || acted.length < actions.length) await sleep(50);
    return { acted, delivered };
  });
  const { samples, ...recorded } = await tap.read();
  const report = (await within(1000, async () => player.report?.())) ?? {};
  delivery?.close();
  const heard = heardNow(tap.context);
  await player.close?.();
  if (tap.context.state !== 'closed') await tap.context.close();
  return {
    ...recorded,
    samples: base64Of(samples),
    sampleRate: tap.context.sampleRate,
    playAtMs,
    ...done?.delivered,
    heard,
    actions: done?.acted ?? [],
    report,
    busyMs: busy.end(),
  };
}

async function within<Value>(limitMs: number, work: () => Promise<Value>): Promise<Value | undefined> {
  return Promise.race([work(), sleep(limitMs).then(() => undefined)]);
}

/** Text in and out, so that any driver of browsers can call it. */
const runText = async (request: string): Promise<string> => JSON.stringify(await run(JSON.parse(request) as RunRequest));
Object.assign(globalThis, { rig: runText });
