import { signalRate } from './known-signal.ts';

/** One message of a delivery. */
export interface PlannedFrame {
  /** Milliseconds after the first frame. */
  readonly atMs: number;
  readonly from: number;
  /** Bytes `from` to `to` of the signal as 32-bit floats. */
  readonly to: number;
}

/** A way in which speech arrives. */
export interface Delivery {
  readonly title: string;
  /** × real time; `Infinity` is everything at once. */
  readonly rate: number;
  /** Bytes of the next frame. */
  readonly frameBytes: (random: () => number) => number;
  /** How late a frame is, in ms. Those behind it wait for it, as on any one connection. */
  readonly lateMs: (random: () => number) => number;
  /** A frame is sent when its last sample has been made (`end`), or when the first of it is due (`start`). */
  readonly sentAt: 'end' | 'start';
  /** After this much audio nothing more comes until half a second after the sound ran dry; then all that is overdue, at once. */
  readonly silentAfterMs?: number;
}

export const bytesPerSample = 4;
const bytesOf = (ms: number): number => Math.round((ms / 1000) * signalRate) * bytesPerSample;
const between = (least: number, most: number) => (random: () => number) => least + random() * (most - least);
const frames = (leastMs: number, mostMs: number) => (random: () => number) => bytesOf(between(leastMs, mostMs)(random));
const never = (): number => 0;

export const deliveries = {
  burst: { title: 'all at once', rate: Infinity, frameBytes: frames(20, 80), lateMs: never, sentAt: 'end' },
  tts15: {
    title: '1.5×, frames of 20–100 ms, jitter to 60 ms',
    rate: 1.5,
    frameBytes: frames(20, 100),
    lateMs: between(0, 60),
    sentAt: 'end',
  },
  rt40: { title: 'real time, 40 ms frames', rate: 1, frameBytes: frames(40, 40), lateMs: never, sentAt: 'end' },
  jit12: {
    title: '1.2×, one frame in ten up to 180 ms late',
    rate: 1.2,
    frameBytes: frames(20, 60),
    lateMs: (random) => (random() < 0.1 ? random() * 180 : 0),
    sentAt: 'end',
  },
  stall: {
    title: '1.5×, then silent until 0.5 s after dry, then the backlog',
    rate: 1.5,
    frameBytes: frames(20, 80),
    lateMs: never,
    sentAt: 'end',
    silentAfterMs: 2000,
  },
  odd: {
    title: 'frames of 1 byte to 64 KiB',
    rate: 1.5,
    frameBytes: (random) => Math.max(1, Math.round(65_536 ** random())),
    lateMs: never,
    // 64 KiB are 0.7 s of sound: sent at their end, no player could bridge them.
    sentAt: 'start',
  },
} as const satisfies Record<string, Delivery>;

export type DeliveryName = keyof typeof deliveries;

/** The same numbers for the same seed, in [0, 1). */
export function randomOf(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** When which bytes are sent. The first frame is never late: what is late is measured from it. */
export function planDelivery(delivery: Delivery, totalBytes: number, seed: number): PlannedFrame[] {
  const random = randomOf(seed);
  const planned: PlannedFrame[] = [];
  const msAt = (bytes: number): number => ((bytes / bytesPerSample / signalRate) * 1000) / delivery.rate;
  let from = 0;
  let atMs = 0;
  let firstMs: number | undefined;
  while (from < totalBytes) {
    const to = Math.min(totalBytes, from + delivery.frameBytes(random));
    const dueMs = msAt(delivery.sentAt === 'end' ? to : from);
    firstMs ??= dueMs;
    const late = planned.length > 0 ? delivery.lateMs(random) : 0;
    atMs = Math.max(atMs, dueMs - firstMs + late);
    planned.push({ atMs, from, to });
    from = to;
  }
  return planned;
}

/**
 * The least delay, in ms after the first frame, at which sound may start so that it never runs dry: what a player that
 * knew the future would choose. Below it every player leaves a gap.
 */
export function leastStartMs(plan: readonly PlannedFrame[]): number {
  return Math.max(...plan.map(({ atMs, from }) => atMs - (from / bytesPerSample / signalRate) * 1000));
}
