import type { PcmSource } from '../pcm-source.ts';
import { playerError } from '../player-error.ts';
import type { EncodedSource } from './encoded-source.ts';

/** Samples as they are; for anything else the decoders are loaded, which a page that plays only samples never pays for. */
export function anySource(source: PcmSource | EncodedSource): PcmSource {
  if ('format' in source) return source;
  const opened = import('./pcm-source-of.ts').then(({ pcmSourceOf }) => pcmSourceOf(source), refused);
  return {
    format: opened.then(({ format }) => format),
    async *[Symbol.asyncIterator]() {
      yield* await opened;
    },
    cancel: async (reason) => (await opened).cancel?.(reason),
  };
}

/** The file is missing, or a policy refuses it: browsers say neither. */
const refused = (cause: unknown): never => {
  throw playerError(
    'playback-blocked',
    'The decoders could not be loaded.',
    'Serve saystream.decoders.js beside the script, where script-src allows it.',
    cause,
  );
};
