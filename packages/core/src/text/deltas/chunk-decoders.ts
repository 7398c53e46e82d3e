import { fieldsOf } from '../../json-fields.ts';
import { modelFailure } from './model-failure.ts';
import { createEventParser, createLineSplitter, type ServerSentEvent } from './server-sent-events.ts';

/** Turns what a source gives into chunks of a model's stream, one after the other: text before a mistake is still given. */
export interface ChunkDecoder {
  push(value: unknown): Iterable<unknown>;
  end(): Iterable<unknown>;
}

/** Stands for `data: [DONE]`. The reading stops there. */
export const endOfStream = Symbol('end of stream');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own error quotes the text.
    throw new TypeError('textDeltas found data in the stream that is not JSON.');
  }
}

function chunkOfEvent({ event, data }: ServerSentEvent): unknown {
  if (data === '[DONE]') return endOfStream;
  const chunk = parse(data);
  // Most vendors repeat the name of the event in the data.
  if (event === 'error') throw modelFailure(fieldsOf(chunk)['error'] ?? chunk);
  return chunk;
}

const isBytes = (value: unknown): value is Uint8Array<ArrayBuffer> => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;

/** Decodes UTF-8 that arrives in parts of any size. Values that are not bytes stay as they are. */
function createUtf8() {
  const decoder = new TextDecoder();
  return {
    push: (value: unknown): unknown => (isBytes(value) ? decoder.decode(value, { stream: true }) : value),
    end: (): string => decoder.decode(),
  };
}

/** Text in bytes or strings, or chunks that are objects already. */
export function chunksAsTheyCome(): ChunkDecoder {
  const utf8 = createUtf8();
  return { push: (value) => [utf8.push(value)], end: () => [utf8.end()] };
}

interface Splitter<Part> {
  push(text: string): Part[];
  end(): Part[];
}

function* mapped<Part>(parts: readonly Part[], chunkOf: (part: Part) => unknown): Generator {
  for (const part of parts) yield chunkOf(part);
}

function splitBy<Part>(splitter: Splitter<Part>, chunkOf: (part: Part) => unknown): ChunkDecoder {
  const utf8 = createUtf8();
  return {
    push: (value) => mapped(splitter.push(String(utf8.push(value))), chunkOf),
    end: () => mapped([...splitter.push(utf8.end()), ...splitter.end()], chunkOf),
  };
}

/** Server-sent events whose data is JSON. */
export const eventStream = (): ChunkDecoder => splitBy(createEventParser(), chunkOfEvent);

/** JSON values, one a line. */
export const jsonLines = (): ChunkDecoder => splitBy(createLineSplitter(), (line) => (line.trim() ? parse(line) : ''));

/** One JSON value, or an array of chunks, that is read when it is whole. */
export function wholeJson(): ChunkDecoder {
  const utf8 = createUtf8();
  let text = '';
  return {
    push: (value) => {
      text += String(utf8.push(value));
      return [];
    },
    end: () => [parse(text + utf8.end())].flat(),
  };
}
