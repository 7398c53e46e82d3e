import { SpeechError } from '@saystream/errors';

import { checkAmount, type SpeechConsumer, type SpeechSink, type SpeechSource } from './create-speech-stream.ts';
import type { SpeechEnding } from './speech-ending.ts';
import type { PcmFormat } from './speech-stream.ts';

/** A piece of the text that was asked for. */
export interface AskedPiece {
  readonly start: number;
  /** White space that follows the piece, and is not sent, is added to it. */
  text: string;
  /** Its request. An ended one is let go, because of the audio that it may remember. */
  source: SpeechSource | undefined;
  /** Samples that have arrived. */
  samples: number;
  /** Audio that waits for the end of the piece before this one. */
  readonly held: Float32Array[];
  ending?: SpeechEnding;
}

/** Options of `createPieceLine`. */
export interface PieceLineOptions {
  readonly vendor: string;
  /** Makes the request of one piece. */
  readonly sourceOf: (text: string) => SpeechSource;
  /** Where the joined audio goes. */
  readonly sink: SpeechSink;
  readonly consumer: SpeechConsumer;
  /** A piece has ended. */
  readonly changed: () => void;
}

/** The pieces that were asked for. Their audio is delivered in order, and joined as it came. */
export interface PieceLine {
  readonly asked: readonly AskedPiece[];
  /** The pieces that are not delivered whole. */
  readonly waiting: readonly AskedPiece[];
  /** In Hz; 0 until the first audio. */
  readonly sampleRate: number;
  /** The characters and samples of all pieces that are delivered whole. */
  readonly spoken: { readonly characters: number; readonly samples: number };
  /** Sends a piece to the vendor. */
  ask(text: string): void;
  /** Gives up the pieces that have not ended. */
  cancel(reason: unknown): void;
}

function checkRate(vendor: string, sampleRate: number, before: number): void {
  if (!before || sampleRate === before) return;
  const message = `The audio of one piece has ${sampleRate} Hz, and of another ${before} Hz.`;
  throw new SpeechError({ kind: 'bad-response', vendor, message });
}

const endOf = (piece: AskedPiece | undefined): number => (piece ? piece.start + piece.text.length : 0);

/** Creates an empty line. */
export function createPieceLine({ vendor, sourceOf, sink, consumer, changed }: PieceLineOptions): PieceLine {
  const asked: AskedPiece[] = [];
  let current = 0;
  let sampleRate = 0;
  const spoken = { characters: 0, samples: 0 };

  function cancel(reason: unknown, from = current): void {
    for (const piece of asked.slice(from)) {
      piece.held.length = 0;
      piece.source?.cancel(reason);
    }
  }
  function end(piece: AskedPiece, ending: SpeechEnding): void {
    if (piece.ending) return;
    piece.ending = ending;
    piece.source = undefined;
    // The pieces after a failed piece will not be delivered.
    if (ending.error) cancel(ending.error, asked.indexOf(piece) + 1);
    deliverHeld();
    changed();
  }
  function deliverHeld(): void {
    for (let whole; (whole = asked[current])?.ending && !whole.ending.error;) {
      current += 1;
      spoken.characters += whole.text.length;
      spoken.samples += whole.samples;
      for (const samples of asked[current]?.held.splice(0) ?? []) sink.samples(samples);
    }
  }
  function receive(piece: AskedPiece, samples: Float32Array): void {
    if (!piece.source) return;
    checkAmount(piece.source, piece.samples + samples.length);
    piece.samples += samples.length;
    if (piece === asked[current]) sink.samples(samples);
    else piece.held.push(samples);
  }
  function setFormat(pcm: PcmFormat): void {
    checkRate(vendor, pcm.sampleRate, sampleRate);
    sampleRate = pcm.sampleRate;
    sink.format(pcm);
  }
  function ask(text: string): void {
    const source = sourceOf(text);
    const piece: AskedPiece = { start: endOf(asked.at(-1)), text, source, samples: 0, held: [] };
    asked.push(piece);
    const into = { format: setFormat, samples: (samples: Float32Array) => receive(piece, samples) };
    source.start({ ...into, end: (ending) => end(piece, ending) }, consumer);
  }

  return {
    asked,
    spoken,
    ask,
    get waiting() {
      return asked.slice(current);
    },
    get sampleRate() {
      return sampleRate;
    },
    cancel,
  };
}
