/** What a text sounds like: samples at 24,000 Hz, mono, in [-1, 1]. The same text must give the same samples. */
export type VoiceFunction = (text: string) => Float32Array | Promise<Float32Array>;

/** 128 MiB of samples: a test that asks ten thousand times must not keep ten thousand recordings. */
const mostSamples = 32 * 1024 * 1024;

/** Speaks each text once and remembers the latest ones; what was forgotten is spoken anew. */
export function createSpeechCache(voice: VoiceFunction): (text: string) => Promise<Float32Array> {
  const spoken = new Map<string, Promise<Float32Array>>();
  const lengths = new Map<string, number>();
  let total = 0;

  function forget(text: string): void {
    spoken.delete(text);
    total -= lengths.get(text) ?? 0;
    lengths.delete(text);
  }

  async function speak(text: string): Promise<Float32Array> {
    const samples = await voice(text);
    lengths.set(text, samples.length);
    total += samples.length;
    for (const [oldest] of lengths) {
      if (total <= mostSamples || oldest === text) break;
      forget(oldest);
    }
    return samples;
  }

  return async (text) => {
    const known = spoken.get(text);
    if (known) return known;
    const speaking = speak(text);
    spoken.set(text, speaking);
    // A voice that failed may succeed the next time.
    speaking.catch(() => forget(text));
    return speaking;
  };
}
