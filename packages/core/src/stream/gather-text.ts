import { SpeechError, type SpeechErrorFacts } from '@saystream/errors';

import { startDeadline } from '../timing/deadline.ts';
import { describePiece, readPieces, type TextReader, type TextSource } from './text-source.ts';

/** Text that is still being written. */
export interface TextGathering {
  /** Stops reading; the source is told through its `return`. Never throws. */
  cancel(): void;
}

/** Where the text goes. */
export interface TextReceiver {
  /** Names the vendor in errors. */
  readonly vendor: string;
  /** The longest wait for one piece, in milliseconds. */
  readonly textMs: number;
  /** Everything has been read. */
  gathered(text: string): void;
  /** The source failed; its own error is the `cause`. */
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

/**
 * Reads a text that may come in pieces. The vendors take a text whole, so nothing can be sent before the last piece; one
 * that is whole is passed on at once. The receiver is told one ending: `gathered`, or `failed` with `billed: 'no'`.
 */
export function gatherText(source: TextSource, receiver: TextReceiver): TextGathering | undefined {
  if (typeof source === 'string') return void receiver.gathered(source);
  const { vendor, textMs } = receiver;
  let reader: TextReader | undefined;
  let isOver = false;

  /** Tells the ending first, and then the source that no more is read: that is the caller's code. */
  function finish(tell?: () => void, stopped?: TextReader): void {
    if (isOver) return;
    isOver = true;
    limit.cancel();
    tell?.();
    void stopReading(stopped);
  }
  const fail = (facts: Pick<SpeechErrorFacts, 'message'> & Partial<SpeechErrorFacts>, stopped?: TextReader): void =>
    finish(() => receiver.failed(new SpeechError({ kind: 'invalid-request', vendor, billed: 'no', ...facts })), stopped);
  const limit = startDeadline(textMs, () => {
    const message = `The text source gave no piece for ${textMs} ms (timeouts.textMs).`;
    const advice = 'Check what writes the text, or raise timeouts.textMs.';
    fail({ kind: 'timeout', limit: 'text', message, advice }, reader);
  });

  async function read(): Promise<void> {
    let text = '';
    try {
      reader = readPieces(source as Exclude<TextSource, string>);
      for (let index = 1; !isOver; index += 1) {
        const { done, value } = (await reader.next()) as IteratorResult<unknown>;
        if (done) break;
        limit.touch();
        if (typeof value !== 'string') return fail({ message: describePiece(value, index) }, reader);
        text += value;
      }
    } catch (cause) {
      return fail({ kind: 'unknown', message: 'The text source failed.', cause });
    }
    if (text) finish(() => receiver.gathered(text));
    else fail({ message: 'The text is empty.' });
  }

  void read();
  return { cancel: () => finish(undefined, reader) };
}
