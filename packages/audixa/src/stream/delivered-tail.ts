/** How far back the join between the stream and the finished file is compared: 100 ms at 24 kHz. */
const tailSamples = 2_400;
/** The file is likely 16-bit where the stream is float32 (inferred from a vendor sample): a step and a half. */
const tolerance = 1.5 / 32_768;

/** Counts what was delivered and remembers its end, because the arrays themselves are given away. */
export interface DeliveredTail {
  /** Samples delivered so far. */
  readonly samples: number;
  /** How many of the last samples are remembered. */
  readonly remembered: number;
  /** Takes note of samples that are delivered now. */
  record(samples: Float32Array): void;
  /** Whether these are the last `remembered` samples that were delivered, as far as 16 bits can tell. */
  endsWith(samples: Float32Array): boolean;
}

const clip = (sample: number): number => Math.max(-1, Math.min(1, sample));

/** Starts counting at nothing. */
export function createDeliveredTail(): DeliveredTail {
  const ring = new Float32Array(tailSamples);
  let samples = 0;

  return {
    get samples() {
      return samples;
    },
    get remembered() {
      return Math.min(samples, tailSamples);
    },
    record(chunk) {
      const kept = chunk.subarray(Math.max(0, chunk.length - tailSamples));
      const at = (samples + chunk.length - kept.length) % tailSamples;
      const first = kept.subarray(0, tailSamples - at);
      ring.set(first, at);
      ring.set(kept.subarray(first.length), 0);
      samples += chunk.length;
    },
    endsWith(candidate) {
      const start = samples - candidate.length;
      return candidate.every((sample, i) => Math.abs(clip(ring[(start + i) % tailSamples] ?? 0) - sample) <= tolerance);
    },
  };
}
