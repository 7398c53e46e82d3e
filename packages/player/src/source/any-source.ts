import type { PcmSource } from '../pcm-source.ts';
import { playerError } from '../player-error.ts';
import type { EncodedSource } from './encoded-source.ts';
import type { PcmSourceOptions } from './pcm-source-of.ts';

/** Samples as they are; anything else through {@link pcmSourceOf}. */
export const anySource = (source: PcmSource | EncodedSource): PcmSource => ('format' in source ? source : pcmSourceOf(source));

/**
 * Decodes `source` while it arrives, to mono. Nothing is read before `format` or the samples are asked for; cancelling it
 * cancels the source. `player.play()` does this by itself: call it to name a type that the source does not, or for samples.
 * The decoders are loaded at the first use, so an app that never decodes does not load them.
 *
 * Iterating throws, after the samples before it, an error of kind `not-audio` (text, no sound, a format that is not decoded
 * here, a damaged file), `truncated`, `too-large`, `connection-lost`, `aborted`, that of an HTTP status, or the source's own;
 * `playback-blocked` when the decoders cannot be loaded.
 */
export function pcmSourceOf(source: EncodedSource, options?: PcmSourceOptions): PcmSource {
  let opened: Promise<PcmSource> | undefined;
  // The entry must reach the decoders by this import() alone: esbuild loads at once what is also imported statically.
  const open = (): Promise<PcmSource> =>
    (opened ??= import('./pcm-source-of.ts').then((decoders) => decoders.pcmSourceOf(source, options), refused));
  return {
    get format() {
      const format = open().then((pcm) => pcm.format);
      format.catch(() => {}); // iterating throws the same error
      return format;
    },
    async *[Symbol.asyncIterator]() {
      yield* await open();
    },
    cancel: async (reason) => (await open()).cancel?.(reason),
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
