import { SpeechError } from '@saystream/errors';

import { checkOptions } from '../check-options.ts';
import {
  createSpeechStream,
  type AskForSocket,
  type SpeechConsumer,
  type SpeechSink,
  type SpeechSource,
} from './create-speech-stream.ts';
import { emptyText } from './gather-text.ts';
import { mostSamplesOf } from './most-samples.ts';
import { accountOf, joinedEnding, unspokenText } from './piece-account.ts';
import { createPieceForecast } from './piece-forecast.ts';
import { createPieceLine, type AskedPiece, type PieceLine } from './piece-line.ts';
import { usualLookAheadMs, type PieceSpeech } from './piece-speech.ts';
import { readPieceText, type PieceText } from './piece-text.ts';
import type { SpokenText } from './spoken-text.ts';

/** The parts that speak one text. */
interface Running {
  readonly text: PieceText;
  readonly line: PieceLine;
  readonly consumer: SpeechConsumer;
  readonly mayAsk: (piece: string) => boolean;
}

function whetherToAsk(
  line: PieceLine,
  consumer: SpeechConsumer,
  lookAheadMs: number,
  bufferedMs: () => number,
): (piece: string) => boolean {
  const { aheadMs, expectedMs } = createPieceForecast(line, consumer, bufferedMs);
  return (piece) => {
    if (!line.asked.length) return true;
    if (consumer.interest === 'counting') return consumer.unread < mostSamplesOf(Infinity);
    // A piece that is longer than half of the look-ahead must not have to wait for silence.
    return aheadMs() + Math.min(expectedMs(piece), lookAheadMs / 2) <= lookAheadMs;
  };
}

const isBlank = (text: string): boolean => !text.trim();

/** Asks for pieces as long as the vendor and the look-ahead allow it. */
function askForMore({ text, line, mayAsk }: Running, atOnce: number): void {
  for (;;) {
    const piece = text.next(!line.asked.length);
    const last = line.asked.at(-1);
    if (piece === undefined) return;
    if (last && isBlank(piece)) {
      last.text += piece;
      text.taken();
    } else {
      const isBroken = line.waiting.some(({ ending }) => ending?.error);
      const active = line.waiting.filter(({ ending }) => !ending).length;
      if (isBroken || typeof text.state === 'object' || active >= atOnce || !mayAsk(piece)) return;
      text.taken();
      line.ask(piece);
    }
  }
}

/** Executes one text: reads it, cuts it, asks for its pieces in time and joins their audio. */
class PieceSource implements SpeechSource {
  readonly vendor: string;
  /** Each piece is held to what its own text can be. */
  readonly mostSamples = Infinity;
  readonly #speech: PieceSpeech;
  readonly #asking = new AbortController();
  #sink: SpeechSink | undefined;
  #running: Running | undefined;
  #askForSocket: AskForSocket | undefined;
  #bufferedMs = (): number => 0;
  #isOver = false;

  constructor(speech: PieceSpeech) {
    this.vendor = speech.vendor;
    this.#speech = speech;
  }

  start(sink: SpeechSink, consumer: SpeechConsumer): void {
    this.#sink = sink;
    const { askMostCharacters } = this.#speech;
    if (!askMostCharacters) return this.#begin(consumer, Infinity);
    // The request itself will tell why the relay does not answer.
    askMostCharacters(this.#asking.signal).then(
      (most) => this.#begin(consumer, most),
      () => this.#begin(consumer, Infinity),
    );
  }

  #begin(consumer: SpeechConsumer, most: number): void {
    if (this.#isOver) return;
    const { vendor, sourceOf, lookAheadMs = usualLookAheadMs } = this.#speech;
    const changed = (): void => this.taken();
    const line = createPieceLine({ vendor, sourceOf, sink: this.#sink!, consumer, changed });
    const text = readPieceText(this.#speech, most, changed);
    this.#running = { text, line, consumer, mayAsk: whetherToAsk(line, consumer, lookAheadMs, () => this.#bufferedMs()) };
    changed();
  }

  taken(): void {
    if (!this.#running || this.#isOver) return;
    const { text, line } = this.#running;
    askForMore(this.#running, this.#speech.atOnce);
    if (this.#askForSocket) this.offerSocket(this.#askForSocket);
    const [current] = line.waiting;
    // An error waits until all that came before it is delivered.
    if (current?.ending?.error) this.#end(current.ending.error, current);
    else if (current) return;
    else if (typeof text.state === 'object') this.#end(text.state);
    else if (text.state === 'ended' && !text.rest) this.#end(line.asked.length ? undefined : emptyText(this.vendor));
  }

  #end(error?: SpeechError, failed?: AskedPiece): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const asked = this.#running?.line.asked ?? [];
    this.#sink?.end(joinedEnding(asked, { error, failed, isWhole: this.#isOnePiece }));
    this.#running?.text.stop();
  }

  get #isOnePiece(): boolean {
    const { text, line } = this.#running ?? {};
    return line?.asked.length === 1 && text?.state === 'ended' && !text.rest;
  }

  followPlayback(bufferedMs: () => number): () => void {
    this.#bufferedMs = bufferedMs;
    return () => this.taken();
  }

  /** A socket that delivers past us serves one request. */
  offerSocket(ask: AskForSocket): void {
    this.#askForSocket = ask;
    if (this.#isOnePiece) this.#running?.line.asked[0]?.source?.offerSocket?.(ask);
  }

  cancel(reason: unknown): void {
    const [current] = this.#running?.line.waiting ?? [];
    // The endings of the pieces are not the ending of the text.
    this.#isOver = true;
    this.#running?.line.cancel(reason);
    this.#isOver = false;
    const { vendor } = this;
    const error = new SpeechError({ kind: 'aborted', vendor, billed: 'no', message: 'The speech was cancelled.' });
    this.#end(current?.ending?.error ?? error);
    this.#asking.abort(reason);
  }

  account(): object {
    return accountOf(this.#running?.line.asked ?? []);
  }

  get rest(): string {
    const { text } = this.#speech;
    if (!this.#running) return typeof text === 'string' ? text : '';
    const { line, consumer } = this.#running;
    return unspokenText(line, consumer.dropped) + this.#running.text.rest;
  }
}

/**
 * Speaks a text in pieces, while it is being written, as one stream.
 *
 * @param signal aborting it is the same as `cancel()`; aborted beforehand, nothing is sent
 * @throws TypeError for an empty string, a text that is no text source, and a wrong option
 */
export function speakPieces(speech: PieceSpeech, signal?: AbortSignal): SpokenText {
  checkOptions(speech, { text: 'text', language: 'string', lookAheadMs: [0, Infinity] });
  const source = new PieceSource(speech);
  const rest = { get: () => source.rest, enumerable: true };
  return Object.defineProperty(createSpeechStream(source, signal), 'rest', rest) as SpokenText;
}
