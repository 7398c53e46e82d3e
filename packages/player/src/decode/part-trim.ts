import type { AudioPart } from './encoded-packets.ts';

/** Takes what the decoder makes of one part. */
export interface PartTrim {
  push(samples: Float32Array): void;
  /** The part is over. */
  end(): void;
}

/** Passes on the sound of a part: without the samples that encoder and decoder added at both ends, at its output gain. */
export function createPartTrim(part: AudioPart, onSamples: (samples: Float32Array) => void): PartTrim {
  let position = 0;
  /** The last samples so far: padding, if the part ends here. */
  let held = new Float32Array(0);
  const give = (samples: Float32Array): void => {
    if (samples.length > 0) onSamples(samples);
  };
  return {
    push(samples) {
      const within = (at: number): number => Math.min(samples.length, Math.max(0, at - position));
      const from = within(part.skip);
      const sound = samples.subarray(from, Math.max(from, within(part.end)));
      position += samples.length;
      if (part.gain !== 1) for (let at = 0; at < sound.length; at += 1) sound[at] = sound[at]! * part.gain;
      if (part.padding === 0) return give(sound);
      const joined = new Float32Array(held.length + sound.length);
      joined.set(held);
      joined.set(sound, held.length);
      const isSound = Math.max(0, joined.length - part.padding);
      give(joined.subarray(0, isSound));
      held = joined.subarray(isSound);
    },
    end() {
      if (part.isCut) give(held);
      held = new Float32Array(0);
    },
  };
}
