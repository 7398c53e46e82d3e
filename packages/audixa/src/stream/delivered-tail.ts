/** How far back the join between the stream and the finished file is compared: 100 ms at 24 kHz. */
const tailSamples = 2_400;
/** The file is likely 16-bit where the stream is float32 (inferred from a vendor sample): a step and a half. */
const tolerance = 1.5 / 32_768;

/** Counts what was delivered and remembers its end, because the arrays themselves are given away. */
export interface DeliveredTail {
  /** Samples delivered so far. */
  readonly samples: number;
  /** The last of them; each in the place that its number gives it, so that tails of one length lie alike. */
  readonly ring: Float32Array;
  /** Takes note of samples that are delivered now. */
  record(samples: Float32Array): void;
  /** Whether another that has counted as many ends alike, as far as 16 bits can tell. */
  endsLike(other: DeliveredTail): boolean;
}

const clip = (sample: number): number => Math.max(-1, Math.min(1, sample));

/** Starts counting at nothing. */
export function createDeliveredTail(): DeliveredTail {
  const ring = new Float32Array(tailSamples);
  let samples = 0;

  return {
    ring,
    get samples() {
      return samples;
    },
    record(chunk) {
      samples += chunk.length;
      const kept = chunk.subarray(-tailSamples);
      const at = (samples - kept.length) % tailSamples;
      const first = kept.subarray(0, tailSamples - at);
      ring.set(first, at);
      ring.set(kept.subarray(first.length));
    },
    endsLike: (other) => ring.every((sample, i) => Math.abs(clip(sample) - (other.ring[i] ?? 0)) <= tolerance),
  };
}
