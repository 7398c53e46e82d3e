import { isInPieces, readPieces, type TextReader, type TextSource } from '../../stream/text-source.ts';
import { chunksAsTheyCome, eventStream, jsonLines, wholeJson, type ChunkDecoder } from './chunk-decoders.ts';
import { textOfChunk } from './chunk-shapes.ts';
import { nameValue } from './name-value.ts';

/** A source that is being read, and how to understand what it gives. */
export interface OpenSource {
  readonly reader: TextReader;
  readonly decoder: ChunkDecoder;
}

/** How to read a response, by its Content-Type. A handler that sets none sends text. */
const decoders: readonly (readonly [type: RegExp, decoder: () => ChunkDecoder])[] = [
  [/^text\/event-stream$/, eventStream],
  [/^application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines|stream\+json)$/, jsonLines],
  [/^application\/json$/, wholeJson],
  [/^(?:text\/(?:plain|markdown)|)$/, chunksAsTheyCome],
];

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isResponse = (value: object): value is Response =>
  'headers' in value && 'body' in value && 'status' in value && typeof (value.headers as Headers).get === 'function';

/** An object that holds its stream, such as the result of `streamText`. Its `fullStream` also reports failures. */
const heldStream = (value: object): unknown =>
  [(value as { fullStream?: unknown }).fullStream, (value as { stream?: unknown }).stream].find(isInPieces);

function openResponse(response: Response): OpenSource {
  const { body, headers, status, ok } = response;
  const type = (headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase();
  const decoder = decoders.find(([pattern]) => pattern.test(type))?.[1];
  const refuse = (error: Error): never => {
    void body?.cancel().catch(() => {});
    throw error;
  };
  if (!ok) return refuse(new Error(`The model's server answered with status ${status}.`));
  if (!decoder) {
    return refuse(new TypeError(`textDeltas cannot read a response of the type ${type.slice(0, 60)}. Send text/event-stream.`));
  }
  if (response.bodyUsed) throw new TypeError('The body of the response has been read already. Give textDeltas an unread one.');
  return { reader: body ? readPieces(body as unknown as TextSource & object) : readPieces([]), decoder: decoder() };
}

/**
 * Begins to read a source.
 *
 * @throws TypeError if the value is no such source; Error if it is a response whose status is not 2xx
 */
export function openSource(source: unknown): OpenSource {
  const decoder = chunksAsTheyCome();
  if (typeof source === 'string') return { reader: readPieces([source]), decoder };
  if (isObject(source)) {
    if (isResponse(source)) return openResponse(source);
    if (isInPieces(source)) return { reader: readPieces(source as TextSource & object), decoder };
    const held = heldStream(source);
    if (held) return openSource(held);
    if (textOfChunk(source) !== undefined) return { reader: readPieces([source as unknown as string]), decoder };
  }
  throw new TypeError(
    `textDeltas cannot read ${nameValue(source)}. Give it a model's stream, a Response, a ReadableStream or strings.`,
  );
}
