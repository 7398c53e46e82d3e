import { alignCapture, type Segment } from './align-capture.ts';

/** Time between two neighbouring samples of the source in which neither was heard. */
export interface Gap {
  /** Sample of the capture at which it begins. */
  readonly at: number;
  readonly samples: number;
  /** Whether the sound was faded before it and after it. */
  readonly isRamped: boolean;
}

/** What a capture says of a player. */
export interface Judgement {
  /** Sample of the capture with which the sound begins; -1 when nothing of the source was heard. */
  readonly firstSound: number;
  readonly gaps: readonly Gap[];
  /** Edges that are harder than the source, and samples that are not the source's. */
  readonly clicks: number;
  /** Samples of the source that were not heard, missing beginnings and ends included. */
  readonly lost: number;
  /** Samples of the source that were heard again. */
  readonly doubled: number;
  /** Signal to noise of what was heard outside ramps, in dB; `exact` when every bit is the source's. */
  readonly fidelityDb: number | 'exact';
  /** Part of the source that was recognised, 0 to 1. The other figures say nothing when it is low. */
  readonly recognised: number;
}

/** 1 ms at 24 kHz: a shorter fade is heard as a click. */
const leastFade = 24;
/** A step between two samples that is small beside the signal. */
const softStep = 0.05;
/** How far after an edge a decay is looked at: 2 ms. */
const decaySamples = 48;
/** Where a ramp is nearly at full level it agrees with the source: 2.7 ms that fidelity leaves out. */
const rampShoulder = 64;
/** A ramp's first and last step may be silence itself: that sample was played, at no volume. */
const silentRampSamples = 2;

const sourceEnd = ({ captureFrom, fallTo, sourceFrom }: Segment): number => sourceFrom + fallTo - captureFrom;
const sourceStart = ({ captureFrom, riseFrom, sourceFrom }: Segment): number => sourceFrom - (captureFrom - riseFrom);

/** A fade, or the last sample held and let down slowly. */
function endsSoftly(capture: Float32Array, { captureTo, fallTo }: Segment): boolean {
  if (fallTo - captureTo >= leastFade) return true;
  for (let at = captureTo; at < Math.min(capture.length, captureTo + decaySamples); at++) {
    if (Math.abs(capture[at]! - capture[at - 1]!) > softStep) return false;
  }
  return true;
}

function beginsSoftly(capture: Float32Array, { captureFrom, riseFrom }: Segment): boolean {
  return captureFrom - riseFrom >= leastFade || Math.abs(capture[captureFrom]! - (capture[captureFrom - 1] ?? 0)) <= softStep;
}

/** What happened between two stretches. */
function judgeBorder(capture: Float32Array, before: Segment, after: Segment) {
  const skipped = sourceStart(after) - sourceEnd(before);
  const between = after.riseFrom - before.fallTo;
  const inserted = between - Math.max(0, skipped);
  const isSoft = [endsSoftly(capture, before), beginsSoftly(capture, after)];
  const isGap = inserted > 0;
  const hardEdges = isSoft.filter((soft) => !soft).length;
  const faded = before.fallTo - before.captureTo + after.captureFrom - after.riseFrom;
  const isDip = !isGap && skipped >= 0 && skipped <= silentRampSamples && faded >= 2 * leastFade;
  return {
    gap: isGap ? { at: before.fallTo, samples: inserted, isRamped: hardEdges === 0 } : undefined,
    // Without a gap it is one event: a splice, or samples that are not the source's. A dip of the volume is none.
    clicks: isGap ? hardEdges : Number(!isDip),
    lost: (isDip || (isGap && hardEdges === 0)) && skipped <= silentRampSamples ? 0 : Math.max(0, skipped),
    doubled: Math.max(0, -skipped),
  };
}

function fidelityOf(capture: Float32Array, source: Float32Array, segments: readonly Segment[]): number | 'exact' {
  let signal = 0;
  let noise = 0;
  for (const { captureFrom, captureTo, sourceFrom, riseFrom, fallTo } of segments) {
    const from = captureFrom + (riseFrom < captureFrom ? rampShoulder : 0);
    const to = captureTo - (fallTo > captureTo ? rampShoulder : 0);
    for (let at = from; at < to; at++) {
      const spoken = source[sourceFrom + at - captureFrom]!;
      signal += spoken ** 2;
      noise += (capture[at]! - spoken) ** 2;
    }
  }
  if (signal === 0) return 0;
  return noise === 0 ? 'exact' : 10 * Math.log10(signal / noise);
}

/** Compares what was heard with what was spoken. `isStopped`: the end was not to be heard. */
export function judgeCapture(capture: Float32Array, source: Float32Array, { isStopped = false } = {}): Judgement {
  const segments = alignCapture(capture, source);
  const first = segments[0];
  const last = segments.at(-1);
  if (!first || !last) {
    return { firstSound: -1, gaps: [], clicks: 0, lost: source.length, doubled: 0, fidelityDb: 0, recognised: 0 };
  }
  const borders = segments.slice(1).map((segment, index) => judgeBorder(capture, segments[index]!, segment));
  const sum = (of: (border: (typeof borders)[number]) => number): number =>
    borders.reduce((total, border) => total + of(border), 0);
  const missingEnd = isStopped ? 0 : source.length - sourceEnd(last);
  // The source's own first and last edge are as hard as they are.
  const isCut = sourceStart(first) > 0 && !beginsSoftly(capture, first);
  const isTorn = sourceEnd(last) < source.length && !endsSoftly(capture, last);
  const heard = segments.reduce((total, { riseFrom, fallTo }) => total + fallTo - riseFrom, 0);
  return {
    firstSound: first.riseFrom,
    gaps: borders.flatMap(({ gap }) => gap ?? []),
    clicks: sum(({ clicks }) => clicks) + Number(isCut) + Number(isTorn),
    lost: sourceStart(first) + sum(({ lost }) => lost) + missingEnd,
    doubled: sum(({ doubled }) => doubled),
    fidelityDb: fidelityOf(capture, source, segments),
    recognised: heard / source.length,
  };
}
