import type { RelayLimits } from '../relay-options.ts';
import type { ownCloses } from './close-codes.ts';

/** What is known of a stream at one look, in milliseconds and bytes. */
export interface StreamLook {
  readonly nowMs: number;
  readonly stage: 'awaiting-request' | 'preparing' | 'dialling' | 'running' | 'ended';
  /** Frames of the vendor so far. */
  readonly framesOfVendor: number;
  /** Its frames, pings and pongs so far. */
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
  /** When to look again: at the next limit, and soon in any case. */
  readonly lookAgainMs: number;
}

type Judgement = Omit<StreamVerdict, 'lookAgainMs'>;
type Passed = NonNullable<StreamVerdict['stop']> | 'beat';

/** A vendor that takes longer for its handshake counts as silent. The clients' own limit is the same. */
export const dialMs = 10_000;
/** A page that takes less than this in `slowReaderMs` takes nothing: no player could live on it. */
const slowestBytes = 64 * 1024;
const mostMissed = 2;
/** What is only seen by looking, such as a reader's progress, is seen at most this late. */
export const longestLookMs = 250;

/** Watches one stream's limits, by looking at it now and then: no timers on the way of a frame. Pure but for what it remembers. */
export function createStreamWatch(limits: RelayLimits, startMs: number): (look: StreamLook) => StreamVerdict {
  let dialledMs: number | undefined;
  let vendor = { frames: 0, atMs: startMs };
  let reader = { bytes: 0, atMs: startMs };
  let beatMs = startMs;
  let missed = { page: 0, vendor: 0 };
  let atBeat = { page: 0, vendor: 0, bytes: 0, waiting: 0 };

  /** A page is there when it answers, or when it takes what has piled up: its answer waits behind that. */
  function beat(look: StreamLook): Judgement {
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

  /** When each limit passes, the weightiest first. */
  function limitsAt(stage: StreamLook['stage']): readonly (readonly [atMs: number, what: Passed])[] {
    const slowReader = [reader.atMs + limits.slowReaderMs, 'slowReader'] as const;
    if (stage === 'ended') return [slowReader];
    return [
      slowReader,
      [stage === 'awaiting-request' ? startMs + limits.requestMs : Infinity, 'noRequest'],
      [stage === 'dialling' && dialledMs !== undefined ? dialledMs + dialMs : Infinity, 'vendorSilent'],
      [startMs + limits.lifeMs, 'tooOld'],
      // Before silence, so that a vendor that is gone is told from one that says nothing.
      [beatMs + limits.heartbeatMs, 'beat'],
      [vendor.atMs + limits.idleMs, 'vendorSilent'],
    ];
  }

  function judge(look: StreamLook): Judgement {
    const [, passed] = limitsAt(look.stage).find(([atMs]) => look.nowMs >= atMs) ?? [];
    if (passed === undefined) return {};
    return passed === 'beat' ? beat(look) : { stop: passed };
  }

  return (look) => {
    const { nowMs, stage } = look;
    const isSpeaking = look.framesOfVendor !== vendor.frames || look.isPaused || stage !== 'running';
    if (isSpeaking) vendor = { frames: look.framesOfVendor, atMs: nowMs };
    const isTaking = look.flushedBytes - reader.bytes >= slowestBytes;
    const isKeepingUp = stage === 'ended' ? look.waitingBytes === 0 : !look.isPaused;
    if (isTaking || isKeepingUp) reader = { bytes: look.flushedBytes, atMs: nowMs };
    if (stage === 'dialling') dialledMs ??= nowMs;

    const judgement = judge(look);
    const nextMs = Math.min(...limitsAt(stage).map(([atMs]) => atMs));
    return { ...judgement, lookAgainMs: Math.min(longestLookMs, Math.max(1, Math.ceil(nextMs - nowMs))) };
  };
}
