import { SpeechError, type SpeechErrorKind } from '@saystream/errors';

/** Text that is still being written. */
export interface TextGathering {
  /** Stops reading; the source is told through its `return`. */
  cancel(): void;
}

/** Where the text goes. */
export interface TextReceiver {
  /** Names the vendor in errors. */
  readonly vendor: string;
  /** Everything has been read. */
  gathered(text: string): void;
  /** The source failed; its own error is the `cause`. */
  failed(error: SpeechError): void;
}

/**
 * Reads a text that may come in pieces. The vendors take a text whole, so nothing can be sent before the last piece; one
 * that is whole is passed on at once.
 */
export function gatherText(source: string | AsyncIterable<string>, receiver: TextReceiver): TextGathering | undefined {
  if (typeof source === 'string') return void receiver.gathered(source);
  const iterator = source[Symbol.asyncIterator]();
  const fail = (kind: SpeechErrorKind, message: string, cause?: unknown) =>
    receiver.failed(new SpeechError({ kind, vendor: receiver.vendor, billed: 'no', message, cause }));

  async function read(): Promise<void> {
    let text = '';
    try {
      for (let piece = await iterator.next(); !piece.done; piece = await iterator.next()) text += piece.value;
    } catch (cause) {
      return fail('unknown', 'The text source failed.', cause);
    }
    if (text) receiver.gathered(text);
    else fail('invalid-request', 'The text is empty.');
  }

  void read();
  // What is still told after this finds a stream that has ended, and an ended stream does not listen.
  return { cancel: () => void iterator.return?.().catch(() => undefined) };
}
