import { SpeechError } from '@saystream/errors';

import { readText, type TextListener, type TextReading } from './read-text.ts';
import type { TextSource } from './text-source.ts';

/** Where a text goes that is wanted whole. */
export interface TextReceiver extends Pick<TextListener, 'vendor' | 'textMs' | 'failed'> {
  /** Everything has been read. */
  gathered(text: string): void;
}

/** Names a text without a character. */
export const emptyText = (vendor: string): SpeechError =>
  new SpeechError({ kind: 'invalid-request', vendor, billed: 'no', message: 'The text is empty.' });

/**
 * Reads a text that may come in pieces, for one request: nothing can be sent before the last piece. A string is passed on at
 * once. The receiver is told one ending: `gathered`, or `failed` with `billed: 'no'`.
 */
export function gatherText(source: TextSource, receiver: TextReceiver): TextReading {
  const { vendor, textMs } = receiver;
  let whole = '';
  return readText(source, {
    vendor,
    textMs,
    text: (text) => void (whole += text),
    ended: () => (whole ? receiver.gathered(whole) : receiver.failed(emptyText(vendor))),
    failed: (error) => receiver.failed(error),
  });
}
