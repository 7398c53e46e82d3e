import { SpeechError } from '@saystream/errors';

/** Text that is still being written. */
export interface TextGathering {
  /** Stops reading; the source is told through its `return`. */
  cancel(): void;
}

/** Where the text goes. */
export interface TextReceiver {
  /** Everything has been read. */
  gathered(text: string): void;
  /** The source failed; its own error is the `cause`. */
  failed(error: SpeechError): void;
}

/** Reads a text that comes in pieces. Audixa takes a text whole, so nothing can be sent before the last piece. */
export function gatherText(pieces: AsyncIterable<string>, receiver: TextReceiver): TextGathering {
  const iterator = pieces[Symbol.asyncIterator]();
  let state: 'reading' | 'over' = 'reading';

  async function read(): Promise<void> {
    let text = '';
    try {
      for (let piece = await iterator.next(); !piece.done; piece = await iterator.next()) text += piece.value;
    } catch (cause) {
      if (state === 'over') return;
      state = 'over';
      receiver.failed(
        new SpeechError({ kind: 'unknown', vendor: 'audixa', billed: 'no', message: 'The text source failed.', cause }),
      );
      return;
    }
    if (state === 'over') return;
    state = 'over';
    receiver.gathered(text);
  }

  void read();
  return {
    cancel() {
      if (state === 'over') return;
      state = 'over';
      void iterator.return?.().catch(() => undefined);
    },
  };
}
