import { ByteQueue } from '../decode/byte-queue.ts';
import { notAudio } from '../decode/source-errors.ts';
import type { SampleSink, StreamDecoder } from '../decode/stream-decoder.ts';
import { asPlaybackError, isBranded, playerError } from '../player-error.ts';
import { chooseDecoder, firstBytesNeeded } from './choose-decoder.ts';
import { isBytes } from './open-bytes.ts';

/** Reads all of `reader` into the decoder that its first bytes ask for. Rejects after what could be decoded was given. */
export async function decodeBytes(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  mimeType: string,
  sink: SampleSink,
): Promise<void> {
  const first = new ByteQueue();
  let decoder: StreamDecoder | undefined;
  const choose = async (): Promise<void> => {
    decoder = await chooseDecoder(first.bytes, mimeType, sink);
    await decoder.push(first.bytes);
  };
  try {
    for (let bytes = await read(reader, decoder); bytes; bytes = await read(reader, decoder)) {
      if (decoder) await decoder.push(bytes);
      else {
        first.add(bytes);
        if (first.length >= firstBytesNeeded(first.bytes)) await choose();
      }
    }
    if (!decoder) await choose();
    await decoder?.end();
  } finally {
    decoder?.close?.();
  }
}

/** The next bytes. When the source breaks, what the decoder still holds is given first. */
async function read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  decoder: StreamDecoder | undefined,
): Promise<Uint8Array | undefined> {
  try {
    const { done, value } = await reader.read();
    if (done) return undefined;
    if (isBytes(value)) return value;
  } catch (cause) {
    await endQuietly(decoder);
    throw sourceBroke(cause);
  }
  throw notAudio('The stream yielded something else than bytes.', 'Give a stream of Uint8Array.');
}

/** What is said of the source matters more than that it is incomplete. */
async function endQuietly(decoder: StreamDecoder | undefined): Promise<void> {
  try {
    await decoder?.end();
  } catch {
    // Truncated, of course.
  }
}

/** Browsers say nothing about a broken connection but "TypeError". */
function sourceBroke(cause: unknown): Error {
  if (isBranded(cause)) return cause;
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  if (name === 'AbortError') return playerError('aborted', 'The source was aborted.', 'Do nothing.', cause);
  if (name === 'TypeError') {
    return playerError('connection-lost', 'The connection broke before the audio was complete.', 'Check the network.', cause);
  }
  return asPlaybackError(cause);
}
