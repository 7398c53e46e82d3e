import type { PcmSource } from './pcm-source.ts';
import type { PlaybackError } from './player-error.ts';
import { asPlaybackError, playerError } from './player-error.ts';

/** Either is called outside the caller's stack; `onEnd` once, and not after the returned function was called. */
interface SourceListener {
  onChunk(chunk: Float32Array): void;
  onEnd(error?: PlaybackError): void;
}

/** Reads `source` as fast as it delivers. Returns a function that gives it up, and cancels it if it had not ended. */
export function drainSource(source: PcmSource, listener: SourceListener): (reason?: unknown) => void {
  let reading = true;
  let iterator: AsyncIterator<Float32Array> | undefined;
  const giveUp = (reason?: unknown): void => {
    if (!reading) return;
    reading = false;
    // `cancel` first: a generator answers `return` only after the read that is under way.
    void settled(() => source.cancel?.(reason));
    void settled(() => iterator?.return?.());
  };
  const end = (error?: PlaybackError): void => {
    if (!reading) return;
    reading = false;
    listener.onEnd(error);
  };
  const read = async (): Promise<void> => {
    iterator = source[Symbol.asyncIterator]();
    for (let next = await iterator.next(); reading && !next.done; next = await iterator.next()) {
      if (!isSamples(next.value)) {
        giveUp();
        return listener.onEnd(notSamples(next.value));
      }
      listener.onChunk(next.value);
    }
    end();
  };
  read().catch((error: unknown) => end(asPlaybackError(error)));
  return giveUp;
}

/** Whatever `call` throws or rejects with is of no interest any more. */
const settled = async (call: () => unknown): Promise<void> => {
  try {
    await call();
  } catch {
    // The source is being thrown away.
  }
};

/** By tag, because arrays come from other frames too. Bytes or integers played as samples would be full-scale noise. */
const isSamples = (value: unknown): boolean => Object.prototype.toString.call(value) === '[object Float32Array]';

const notSamples = (value: unknown): PlaybackError =>
  playerError(
    'not-audio',
    `The source yielded ${Object.prototype.toString.call(value)} instead of a Float32Array.`,
    'Decode the audio to mono samples first.',
  );
