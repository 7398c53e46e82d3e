import { SpeechError } from '@saystream/errors';

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

/** Reads a text that comes in pieces. The vendors take a text whole, so nothing can be sent before the last piece. */
export function gatherText(pieces: AsyncIterable<string>, receiver: TextReceiver): TextGathering {
  const iterator = pieces[Symbol.asyncIterator]();

  async function read(): Promise<void> {
    let text = '';
    try {
      for (let piece = await iterator.next(); !piece.done; piece = await iterator.next()) text += piece.value;
    } catch (cause) {
      const message = 'The text source failed.';
      return receiver.failed(new SpeechError({ kind: 'unknown', vendor: receiver.vendor, billed: 'no', message, cause }));
    }
    if (text) return receiver.gathered(text);
    const message = 'The text is empty.';
    receiver.failed(new SpeechError({ kind: 'invalid-request', vendor: receiver.vendor, billed: 'no', message }));
  }

  void read();
  // What is still told after this finds a stream that has ended, and an ended stream does not listen.
  return { cancel: () => void iterator.return?.().catch(() => undefined) };
}
