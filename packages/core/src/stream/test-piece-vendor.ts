import { SpeechError } from '@saystream/errors';

import type { AskForSocket, SpeechSink, SpeechSource } from './create-speech-stream.ts';
import type { PieceSpeech } from './piece-speech.ts';
import { speakPieces } from './speak-pieces.ts';
import type { SpokenText } from './spoken-text.ts';

/** One request of the vendor that is the test itself. */
export interface Request {
  readonly text: string;
  readonly sink: SpeechSink;
  isCancelled: boolean;
  offered?: AskForSocket;
}

export const rate = 1_000;
/** One sample a millisecond, 50 for each character. */
export const audioOf = (text: string): Float32Array =>
  Float32Array.from({ length: text.length * 50 }, (_, i) => text.length + i / 10_000);
export const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

export function open(text: PieceSpeech['text'], more: Partial<PieceSpeech> = {}, signal?: AbortSignal) {
  const requests: Request[] = [];
  const sourceOf = (piece: string): SpeechSource => {
    let request: Request | undefined;
    let offered: AskForSocket | undefined;
    return {
      vendor: 'test',
      start(sink) {
        request = { text: piece, sink, isCancelled: false, ...(offered && { offered }) };
        requests.push(request);
      },
      offerSocket(ask) {
        offered = ask;
        if (request) request.offered = ask;
      },
      cancel() {
        request!.isCancelled = true;
        const error = new SpeechError({ kind: 'aborted', vendor: 'test', message: 'Cancelled.' });
        request!.sink.end({ billed: 'unknown', error });
      },
    };
  };
  const sizes = { firstCharacters: 30, bestCharacters: 60, maxCharacters: 200 };
  const speech = speakPieces(
    { vendor: 'test', text, textMs: 5_000, sizes, wholeCharacters: 40, atOnce: 2, language: 'en', sourceOf, ...more },
    signal,
  );
  return { speech, requests };
}

/** The vendor's answer to a request. */
export function answer({ text, sink }: Request, sampleRate = rate): void {
  sink.format({ sampleRate, channels: 1 });
  sink.samples(audioOf(text));
  sink.end({ billed: 'yes', generationId: `id of ${text.length}` });
}

/** Answers each request as it comes, until the speech has ended. */
export async function serve(
  requests: readonly Request[],
  ended: Promise<unknown>,
  order: (due: Request[]) => Request[] = (due) => due,
) {
  let isOver = false;
  void ended.then(() => (isOver = true));
  for (let answered = 0; !isOver; await turn()) {
    const due = order(requests.slice(answered));
    answered = requests.length;
    for (const request of due) answer(request);
  }
}

export async function listen(speech: SpokenText, chunksWanted = Infinity) {
  const chunks: Float32Array[] = [];
  let thrown: unknown;
  try {
    for await (const chunk of speech) if (chunks.push(chunk) >= chunksWanted) break;
  } catch (error) {
    thrown = error;
  }
  return { samples: chunks.flatMap((chunk) => [...chunk]), thrown, outcome: await speech.outcome };
}

export const sentence = (index: number): string => `This is sentence number ${index} of the long text that is read. `;
export const long = Array.from({ length: 20 }, (_, index) => sentence(index)).join('');
export const joined = (requests: readonly Request[]): string => requests.map(({ text }) => text).join('');

export async function* slowly(pieces: readonly unknown[], everyMs = 1) {
  for (const piece of pieces) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    yield piece as string;
  }
}
