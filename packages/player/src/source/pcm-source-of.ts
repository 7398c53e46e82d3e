import { notAudio } from '../decode/source-errors.ts';
import type { PcmSource, PcmSourceFormat } from '../pcm-source.ts';
import { decodeBytes } from './decode-bytes.ts';
import type { EncodedSource } from './encoded-source.ts';
import { openBytes } from './open-bytes.ts';

/** Options of {@link pcmSourceOf}. */
export interface PcmSourceOptions {
  /** Takes the place of what the source says, such as `audio/pcm;rate=24000` where a server says `application/octet-stream`. */
  readonly mimeType?: string;
}

/** What the public `pcmSourceOf` of `any-source.ts` loads when it is used: it brings all decoders. */
export function pcmSourceOf(source: EncodedSource, { mimeType }: PcmSourceOptions = {}): PcmSource {
  let decoding: Decoding | undefined;
  const begin = (): Decoding => (decoding ??= startDecoding(source, mimeType));
  return {
    get format() {
      return begin().format;
    },
    async *[Symbol.asyncIterator]() {
      const { samples, cancel } = begin();
      try {
        yield* samples();
      } finally {
        cancel();
      }
    },
    cancel: (reason) => begin().cancel(reason),
  };
}

interface Decoding {
  readonly format: Promise<PcmSourceFormat>;
  samples(): AsyncGenerator<Float32Array, void>;
  cancel(reason?: unknown): void;
}

function startDecoding(source: EncodedSource, mimeType: string | undefined): Decoding {
  // Without a limit, because a source is drained as fast as it delivers: a paused player must not stall the network.
  const chunks: Float32Array[] = [];
  let isSilent = true;
  let ending: { readonly error?: unknown } | undefined;
  let wake = (): void => {};
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const end = (how: { readonly error?: unknown }): void => {
    ending ??= how;
    wake();
  };
  const release = (reason?: unknown): void => void reader?.cancel(reason).catch(() => {}); // what failed may refuse
  const format = new Promise<PcmSourceFormat>((resolve, reject) => {
    const decode = async (): Promise<void> => {
      const opened = openBytes(source);
      reader = opened.stream.getReader();
      await decodeBytes(reader, mimeType ?? opened.mimeType, {
        onRate: (sampleRate) => resolve({ sampleRate, channels: 1 }),
        onSamples(chunk) {
          if (!ending) chunks.push(chunk);
          isSilent = false;
          wake();
        },
      });
    };
    decode().then(
      () => {
        const error = notAudio('The source ended before any sound.');
        end(isSilent ? { error } : {});
        reject(error);
      },
      (error: unknown) => {
        release(error);
        end({ error });
        reject(error);
      },
    );
  });
  format.catch(() => {}); // the iteration says it too
  return {
    format,
    async *samples() {
      for (;;) {
        const chunk = chunks.shift();
        if (chunk) yield chunk;
        else if (!ending) await new Promise<void>((resolve) => (wake = resolve));
        else if ('error' in ending) throw ending.error;
        else return;
      }
    },
    cancel(reason) {
      chunks.length = 0;
      end({});
      release(reason);
    },
  };
}
