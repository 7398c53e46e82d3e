import type { PcmSource } from '../pcm-source.ts';
import type { EncodedSource } from './encoded-source.ts';

/** Samples as they are; for anything else the decoders are loaded, which a page that plays only samples never pays for. */
export function anySource(source: PcmSource | EncodedSource): PcmSource {
  if ('format' in source) return source;
  const opened = import('./pcm-source-of.ts').then(({ pcmSourceOf }) => pcmSourceOf(source));
  return {
    format: opened.then(({ format }) => format),
    async *[Symbol.asyncIterator]() {
      yield* await opened;
    },
    cancel: async (reason) => (await opened).cancel?.(reason),
  };
}
