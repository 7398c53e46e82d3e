import type { TextReader } from '../../stream/text-source.ts';
import { endOfStream } from './chunk-decoders.ts';
import { readChunk } from './chunk-shapes.ts';
import { openSource, type OpenSource } from './open-source.ts';

/** A DOM node, by its shape, so that no DOM types are needed. */
interface NodeLike {
  readonly nodeType: number;
  readonly textContent: string | null;
}

/** An object that holds its stream, such as the result of `streamText`. */
type StreamHolder = { readonly fullStream: AsyncIterable<unknown> } | { readonly stream: AsyncIterable<unknown> };

/** A source that {@link textDeltas} can read, or a promise of one. */
export type TextDeltaSource =
  | string
  | AsyncIterable<unknown>
  | Iterable<unknown>
  | ReadableStream
  | Response
  | StreamHolder
  | NodeLike
  | PromiseLike<string | AsyncIterable<unknown> | Iterable<unknown> | ReadableStream | Response | StreamHolder>;

/** The caller's code, which may throw, reject or give no promise. */
async function stop(reader: TextReader): Promise<void> {
  try {
    await reader.stop?.();
  } catch {
    // The reading has ended already, for a reason of its own.
  }
}

async function* deltasOf(open: () => Promise<OpenSource>): AsyncGenerator<string, undefined> {
  const { reader, decoder } = await open();
  let isOver = false;
  try {
    while (!isOver) {
      const { done, value } = (await reader.next()) as IteratorResult<unknown>;
      isOver = done === true;
      for (const chunk of done ? decoder.end() : decoder.push(value)) {
        if (chunk === endOfStream) return undefined;
        const text = readChunk(chunk);
        if (text) yield text;
      }
    }
  } finally {
    if (!isOver) await stop(reader);
  }
  return undefined;
}

const isPromise = (source: unknown): source is PromiseLike<unknown> =>
  typeof source === 'object' && source !== null && typeof (source as PromiseLike<unknown>).then === 'function';

/**
 * Gives the strings inside a model's stream, as they come: of OpenAI (chat completions and responses), Anthropic, the Vercel
 * AI SDK, LangChain, Google Gemini and Ollama, of their HTTP responses (server-sent events, JSON lines, plain text), of
 * streams of bytes or strings, and of DOM nodes. Reasoning, tool calls and usage give no text. Empty strings are left out.
 * It reads once; the end of the iteration cancels the source.
 *
 * @throws TypeError at once if `source` is nothing of these (a promise: while it is read); while it is read, if a chunk is
 *   nothing of these. The message names the constructor and the keys and never the content
 * @throws Error if a response's status is not 2xx; while it is read, if the stream reports a failure or a refusal
 */
export function textDeltas(source: TextDeltaSource): AsyncIterableIterator<string> {
  // All but a promise is opened at once: a mistake is reported where it was made, and not where the text is read.
  let opened = isPromise(source) ? undefined : openSource(source);
  let isStopped = false;
  async function open(): Promise<OpenSource> {
    opened ??= openSource(await source);
    if (isStopped) void stop(opened.reader);
    return opened;
  }
  const deltas = deltasOf(open);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => deltas.next(),
    // A generator ends only when the chunk that it waits for has come, so the source is told first.
    return() {
      isStopped = true;
      if (opened) void stop(opened.reader);
      return deltas.return(undefined);
    },
  };
}
