import type { RelayLimits } from '../relay-options.ts';
import type { ownCloses } from './close-codes.ts';

/** What is known of a stream at one look, in milliseconds and bytes. */
export interface StreamLook {
  readonly nowMs: number;
  readonly stage: 'awaiting-request' | 'preparing' | 'dialling' | 'running' | 'ended';
  /** Frames and pongs of the vendor so far. */
  readonly heardVendor: number;
  /** Pongs of the page so far. */
  readonly heardPage: number;
  /** Bytes that left for the page so far. */
  readonly flushedBytes: number;
  /** Bytes that wait for the page. */
  readonly waitingBytes: number;
  /** Whether the vendor is paused. */
  readonly isPaused: boolean;
}

/** What a look leads to. */
export interface StreamVerdict {
  readonly stop?: keyof typeof ownCloses | 'page-lost' | 'vendor-lost';
  /** Ping both sides, and ask whether the user was revoked. */
  readonly beat?: true;
}

/** A vendor that takes longer for its handshake counts as silent. The clients' own limit is the same. */
export const dialMs = 10_000;
/** A page that takes less than this in `slowReaderMs` takes nothing: no player could live on it. */
const slowestBytes = 64 * 1024;
const mostMissed = 2;
const tickFractions = 4;

/** How often to look: often enough that no limit is passed by more than half a second. */
export const lookEveryMs = ({ requestMs, idleMs, slowReaderMs, heartbeatMs, lifeMs }: RelayLimits): number =>
  Math.min(500, Math.max(10, Math.min(requestMs, idleMs, slowReaderMs, heartbeatMs, lifeMs) / tickFractions));

/** Watches one stream's limits, by looking at it now and then: no timers on the way of a frame. Pure but for what it remembers. */
export function createStreamWatch(limits: RelayLimits, startMs: number): (look: StreamLook) => StreamVerdict {
  let dialledMs: number | undefined;
  let vendor = { heard: 0, atMs: startMs };
  let reader = { bytes: 0, atMs: startMs };
  let beatMs = startMs;
  let missed = { page: 0, vendor: 0 };
  let atBeat = { page: 0, vendor: 0, bytes: 0, waiting: 0 };

  /** A page is there when it answers, or when it takes what has piled up: its answer waits behind that. */
  function beat(look: StreamLook): StreamVerdict {
    const isPageThere = look.heardPage > atBeat.page || (atBeat.waiting > 0 && look.flushedBytes > atBeat.bytes);
    const isVendorThere = look.stage !== 'running' || look.isPaused || look.heardVendor > atBeat.vendor;
    missed = { page: isPageThere ? 0 : missed.page + 1, vendor: isVendorThere ? 0 : missed.vendor + 1 };
    atBeat = { page: look.heardPage, vendor: look.heardVendor, bytes: look.flushedBytes, waiting: look.waitingBytes };
    beatMs = look.nowMs;
    // The first beat has asked nothing yet.
    if (missed.page > mostMissed) return { stop: 'page-lost' };
    if (missed.vendor > mostMissed) return { stop: 'vendor-lost' };
    return { beat: true };
  }

  return (look) => {
    const { nowMs, stage } = look;
    if (look.heardVendor !== vendor.heard || look.isPaused) vendor = { heard: look.heardVendor, atMs: nowMs };
    const isTaking = look.flushedBytes - reader.bytes >= slowestBytes;
    const isKeepingUp = stage === 'ended' ? look.waitingBytes === 0 : !look.isPaused;
    if (isTaking || isKeepingUp) reader = { bytes: look.flushedBytes, atMs: nowMs };

    if (nowMs - reader.atMs > limits.slowReaderMs) return { stop: 'slowReader' };
    if (stage === 'ended') return {};
    if (stage === 'awaiting-request' && nowMs - startMs > limits.requestMs) return { stop: 'noRequest' };
    if (stage === 'dialling') dialledMs ??= nowMs;
    if (stage === 'dialling' && nowMs - (dialledMs ?? nowMs) > dialMs) return { stop: 'vendorSilent' };
    if (stage !== 'running') vendor = { heard: look.heardVendor, atMs: nowMs };
    if (nowMs - vendor.atMs > limits.idleMs) return { stop: 'vendorSilent' };
    if (nowMs - startMs > limits.lifeMs) return { stop: 'tooOld' };
    return nowMs - beatMs >= limits.heartbeatMs ? beat(look) : {};
  };
}
