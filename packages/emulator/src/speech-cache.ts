/** How a text is to be spoken. */
export interface SpeakingStyle {
  /** The vendor that was asked. */
  readonly vendor: 'audixa' | 'sauti' | 'moknah';
  /** The vendor's id of the voice. */
  readonly voiceId: string;
  /** How fast, as the request says; 1 is usual, 2 takes half as long. */
  readonly speed: number;
}

/**
 * What a text sounds like: samples at 24,000 Hz, mono, in [-1, 1]. The same text in the same style must give the same samples.
 * The function makes the voice and the speed heard: the emulator changes nothing of its samples but their rate.
 */
export type VoiceFunction = (text: string, style: SpeakingStyle) => Float32Array | Promise<Float32Array>;

/** Speaks a text. */
export type Speak = (text: string, style: SpeakingStyle) => Promise<Float32Array>;

/** 128 MiB of samples: a test that asks ten thousand times must not keep ten thousand recordings. */
const mostSamples = 32 * 1024 * 1024;

/** Speaks each text in each style once and remembers the latest ones; what was forgotten is spoken anew. */
export function createSpeechCache(voice: VoiceFunction): Speak {
  const spoken = new Map<string, Promise<Float32Array>>();
  const lengths = new Map<string, number>();
  let total = 0;

  function forget(key: string): void {
    spoken.delete(key);
    total -= lengths.get(key) ?? 0;
    lengths.delete(key);
  }

  async function speak(key: string, text: string, style: SpeakingStyle): Promise<Float32Array> {
    const samples = await voice(text, style);
    lengths.set(key, samples.length);
    total += samples.length;
    for (const [oldest] of lengths) {
      if (total <= mostSamples || oldest === key) break;
      forget(oldest);
    }
    return samples;
  }

  return async (text, style) => {
    const key = JSON.stringify([style.vendor, style.voiceId, style.speed, text]);
    const known = spoken.get(key);
    if (known) return known;
    const speaking = speak(key, text, style);
    spoken.set(key, speaking);
    // A voice that failed may succeed the next time.
    speaking.catch(() => forget(key));
    return speaking;
  };
}
