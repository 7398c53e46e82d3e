import { SpeechError, type SpeechErrorFacts } from '@saystream/errors';

import { startDeadline } from '../timing/deadline.ts';
import { describePiece, readPieces, type TextReader, type TextSource } from './text-source.ts';

/** Text that is still being written. */
export interface TextReading {
  /** Stops reading; the source is told through its `return`. Never throws. */
  cancel(): void;
}

/** Where the text goes. */
export interface TextListener {
  /** Names the vendor in errors. */
  readonly vendor: string;
  /** The longest wait for one piece, in milliseconds. */
  readonly textMs: number;
  /** The next text, in order. The next piece is read once the promise has resolved; `textMs` does not run meanwhile. */
  text(text: string): Promise<void> | undefined;
  /** Everything has been read. */
  ended(): void;
  /** The source failed; its own error is the `cause`. The error says `billed: 'no'`: reading costs nothing. */
  failed(error: SpeechError): void;
}

/** Tells the source that no more is read. Its `return` is the caller's code: it may throw, reject or give no promise. */
const stopReading = async (reader: TextReader | undefined): Promise<void> => {
  try {
    await reader?.stop?.();
  } catch {
    // The reading has ended already, for a reason of its own.
  }
};

/** Reads a text that may come in pieces. A string is told at once. The listener is told one ending: `ended` or `failed`. */
export function readText(source: TextSource, listener: TextListener): TextReading {
  const { vendor, textMs } = listener;
  let reader: TextReader | undefined;
  let isOver = false;

  /** Tells the ending first, and then the source that no more is read: that is the caller's code. */
  function finish(tell?: () => void, stopped?: TextReader): void {
    if (isOver) return;
    isOver = true;
    limit?.cancel();
    tell?.();
    void stopReading(stopped);
  }
  const fail = (facts: Pick<SpeechErrorFacts, 'message'> & Partial<SpeechErrorFacts>, stopped?: TextReader): void =>
    finish(() => listener.failed(new SpeechError({ kind: 'invalid-request', vendor, billed: 'no', ...facts })), stopped);
  const startLimit = () =>
    startDeadline(textMs, () => {
      const message = `The text source gave no piece for ${textMs} ms (timeouts.textMs).`;
      const advice = 'Check what writes the text, or raise timeouts.textMs.';
      fail({ kind: 'timeout', limit: 'text', message, advice }, reader);
    });
  let limit = typeof source === 'string' ? undefined : startLimit();

  async function read(pieces: Exclude<TextSource, string>): Promise<void> {
    try {
      reader = readPieces(pieces);
      for (let index = 1; !isOver; index += 1) {
        const { done, value } = (await reader.next()) as IteratorResult<unknown>;
        if (isOver) return;
        if (done) break;
        limit?.touch();
        if (typeof value !== 'string') return fail({ message: describePiece(value, index) }, reader);
        const held = listener.text(value);
        if (!held) continue;
        limit?.cancel();
        await held;
        if (!isOver) limit = startLimit();
      }
    } catch (cause) {
      return fail({ kind: 'unknown', message: 'The text source failed.', advice: 'Its own error is the `cause`.', cause });
    }
    finish(() => listener.ended());
  }

  if (typeof source === 'string') {
    void listener.text(source);
    finish(() => listener.ended());
  } else void read(source);
  return { cancel: () => finish(undefined, reader) };
}
