/** A stretch of a capture that is a stretch of the source, sample by sample. */
export interface Segment {
  /** Where it begins in the capture. */
  readonly captureFrom: number;
  /** Where it ends in the capture, exclusive. */
  readonly captureTo: number;
  /** Where it begins in the source. */
  readonly sourceFrom: number;
  /** Where its sound begins in the capture, a ramp before it included. */
  readonly riseFrom: number;
  /** Where its sound ends in the capture, a ramp after it included; exclusive. */
  readonly fallTo: number;
}

/** Four 16-bit steps are far below this, and two unrelated samples of the signal rarely as near. */
const tolerance = 2e-3;
/** So many samples in a row do not agree by chance: 0.4 % each. */
const leastRun = 32;
/** A ramp shorter than this cannot be told from chance. */
const leastRamp = 8;
/** 50 ms at 24 kHz. */
const longestRamp = 1200;
/** How much a ramp may change from one sample to the next; a raised cosine of 2 ms changes 0.033. */
const steepest = 0.05;
/** Ratios to smaller samples than this say nothing. */
const faint = 0.02;
/** After so many failures in a row only every `stride`th sample is tried: this capture is no copy. */
const patience = 400;
const stride = 16;

const agrees = (a: number, b: number): boolean => Math.abs(a - b) <= tolerance;

function runLength(capture: Float32Array, at: number, source: Float32Array, from: number): number {
  let length = 0;
  while (at + length < capture.length && from + length < source.length) {
    if (!agrees(capture[at + length]!, source[from + length]!)) break;
    length += 1;
  }
  return length;
}

/** Where in the source the capture goes on at `at`; -1 when nowhere. `expected` is tried first. */
function findInSource(capture: Float32Array, at: number, source: Float32Array, expected: number): number {
  const isThere = (from: number): boolean =>
    runLength(capture.subarray(at, at + leastRun), 0, source, from) >= Math.min(leastRun, source.length - from) &&
    source.length - from >= leastRamp;
  if (expected >= 0 && expected < source.length && isThere(expected)) return expected;
  const first = capture[at]!;
  for (let from = 0; from <= source.length - leastRun; from++) {
    if (agrees(first, source[from]!) && isThere(from)) return from;
  }
  return -1;
}

/**
 * How many samples beyond an edge are the source at a gain that moves gradually from 1 towards 0. `step` is 1 after the
 * edge and -1 before it; `room` is how far the neighbour is.
 */
function rampLength(
  capture: Float32Array,
  at: number,
  source: Float32Array,
  from: number,
  { step, room }: { step: 1 | -1; room: number },
): number {
  let gain = 1;
  let length = 0;
  for (; length < Math.min(room, longestRamp); length++) {
    const heard = capture[at + step * length];
    const spoken = source[from + step * length];
    if (heard === undefined || spoken === undefined || heard === 0) break;
    if (Math.abs(spoken) < faint) {
      if (Math.abs(heard) > Math.abs(spoken) + tolerance) break;
      continue;
    }
    const ratio = heard / spoken;
    if (ratio < 0 || ratio > 1 + steepest || Math.abs(ratio - gain) > steepest) break;
    gain = ratio;
  }
  return length < leastRamp ? 0 : length;
}

/** Every stretch of the source in a capture, in the order heard. */
export function alignCapture(capture: Float32Array, source: Float32Array): Segment[] {
  const cores: { captureFrom: number; captureTo: number; sourceFrom: number }[] = [];
  let failures = 0;
  for (let at = 0; at < capture.length;) {
    const last = cores.at(-1);
    const found = capture[at] === 0 ? -1 : findInSource(capture, at, source, last ? at - last.captureFrom + last.sourceFrom : 0);
    if (found < 0) {
      if (capture[at] !== 0) failures += 1;
      at += failures > patience ? stride : 1;
      continue;
    }
    failures = 0;
    const length = runLength(capture, at, source, found);
    cores.push({ captureFrom: at, captureTo: at + length, sourceFrom: found });
    at += length;
  }
  return withRamps(capture, source, cores);
}

function withRamps(
  capture: Float32Array,
  source: Float32Array,
  cores: readonly Omit<Segment, 'riseFrom' | 'fallTo'>[],
): Segment[] {
  let heardTo = 0;
  return cores.map((core, index) => {
    const { captureFrom, captureTo, sourceFrom } = core;
    const before = { step: -1, room: captureFrom - heardTo } as const;
    const riseFrom = captureFrom - rampLength(capture, captureFrom - 1, source, sourceFrom - 1, before);
    const after = { step: 1, room: (cores[index + 1]?.captureFrom ?? capture.length) - captureTo } as const;
    const sourceTo = sourceFrom + captureTo - captureFrom;
    const fallTo = captureTo + rampLength(capture, captureTo, source, sourceTo, after);
    heardTo = fallTo;
    return { ...core, riseFrom, fallTo };
  });
}
