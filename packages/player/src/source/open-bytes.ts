import { notAudio } from '../decode/source-errors.ts';
import type { EncodedSource } from './encoded-source.ts';
import { failedAnswer } from './failed-answer.ts';

/** A source's bytes, and what it says they are. */
export interface OpenedBytes {
  readonly stream: ReadableStream<Uint8Array>;
  /** Empty when nobody said. */
  readonly mimeType: string;
}

/** @throws PlaybackError for an HTTP answer that is no success, or for what is no source */
export function openBytes(source: EncodedSource): OpenedBytes {
  const { mimeType, type, bytes, body, headers } = source as Partial<Response & Blob> & { mimeType?: string; bytes?: unknown };
  if (headers && typeof headers.get === 'function') {
    const response = source as Response;
    if (!response.ok) {
      void response.body?.cancel().catch(() => {}); // one that is being read elsewhere refuses
      throw failedAnswer(response.status);
    }
    return { stream: body ?? emptyStream(), mimeType: headers.get('content-type') ?? '' };
  }
  if (mimeType !== undefined && isBytes(bytes)) return { stream: streamOf(bytes), mimeType };
  if ('getReader' in source) return { stream: source, mimeType: '' };
  if ('stream' in source) return { stream: source.stream(), mimeType: type ?? '' };
  throw notAudio(
    `${Object.prototype.toString.call(source)} cannot be played.`,
    'Give a Response, a Blob, a ReadableStream of bytes, { bytes, mimeType }, or samples with a format.',
  );
}

/** By tag, because arrays come from other frames too. */
export const isBytes = (value: unknown): value is Uint8Array => Object.prototype.toString.call(value) === '[object Uint8Array]';

const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });

const emptyStream = (): ReadableStream<Uint8Array> => new ReadableStream({ start: (controller) => controller.close() });
