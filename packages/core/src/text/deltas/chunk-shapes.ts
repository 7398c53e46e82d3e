import { fieldsOf } from '../../json-fields.ts';
import { contentText, stringOr } from './content-text.ts';
import { readLangChain } from './langchain-chunk.ts';
import { modelFailure, modelRefusal } from './model-failure.ts';
import { nameValue } from './name-value.ts';

/** One shape that a chunk of a model's stream can have. */
export interface ChunkShape {
  readonly name: string;
  /**
   * Returns the text of a chunk of this shape, '' if it has none, and undefined if the chunk has another shape.
   *
   * @throws Error if the chunk reports a failure or a refusal
   */
  read(chunk: unknown): string | undefined;
}

const anthropicEvent = /^(?:message_(?:start|delta|stop)|content_block_(?:start|delta|stop)|ping|message)$/;
const vercelPart =
  /^(?:text|reasoning|tool|source|data|start|finish|step|message|stream|response)-[\w-]+$|^(?:start|finish|source|file|raw|abort|object|custom|reasoning|redacted-reasoning)$/;
const geminiRefusals = /^(?:SAFETY|RECITATION|BLOCKLIST|PROHIBITED_CONTENT|SPII|IMAGE_SAFETY|LANGUAGE)$/;
const isThere = (value: unknown): boolean => value !== undefined && value !== null;

function readOpenAIChat({ choices }: Fields): string | undefined {
  if (!Array.isArray(choices)) return undefined;
  // Of several answers, the first is spoken. Their chunks are mixed and told apart by the index.
  const first = fieldsOf(choices.find((choice: unknown) => !fieldsOf(choice)['index']));
  const { refusal, content } = fieldsOf(first['delta'] ?? first['message']);
  if (stringOr(refusal)) throw modelRefusal('it refused');
  if (first['finish_reason'] === 'content_filter') throw modelRefusal('a content filter ended the text');
  return contentText(content) || stringOr(first['text']);
}

function readOpenAIResponses({ type, delta, response }: Fields): string | undefined {
  if (typeof type !== 'string' || !type.startsWith('response.')) return undefined;
  const { error, incomplete_details: incomplete } = fieldsOf(response);
  if (type === 'response.failed') throw modelFailure(error);
  if (type === 'response.refusal.delta') throw modelRefusal('it refused');
  if (type === 'response.incomplete' && fieldsOf(incomplete)['reason'] === 'content_filter') {
    throw modelRefusal('a content filter ended the text');
  }
  return type === 'response.output_text.delta' ? stringOr(delta) : '';
}

function readAnthropic(event: Fields): string | undefined {
  const { type } = event;
  if (typeof type !== 'string' || !anthropicEvent.test(type)) return undefined;
  const delta = fieldsOf(event['delta']);
  if (delta['stop_reason'] === 'refusal' || event['stop_reason'] === 'refusal') throw modelRefusal('it refused');
  if (type === 'message') return contentText(event['content']);
  if (type === 'content_block_start') return contentText([event['content_block']]);
  return type === 'content_block_delta' && delta['type'] === 'text_delta' ? stringOr(delta['text']) : '';
}

function readVercel({ type, text, textDelta, delta, reason }: Fields): string | undefined {
  if (typeof type !== 'string' || !vercelPart.test(type)) return undefined;
  if (type === 'abort') throw new Error("The model's stream was aborted.", { cause: reason });
  return type === 'text-delta' ? stringOr(text, textDelta, delta) : '';
}

function readGemini({ candidates, promptFeedback, usageMetadata, modelVersion }: Fields): string | undefined {
  const { blockReason } = fieldsOf(promptFeedback);
  if (stringOr(blockReason)) throw modelRefusal(`it blocked the prompt (${stringOr(blockReason)})`);
  if (!Array.isArray(candidates)) return isThere(usageMetadata) || isThere(modelVersion) ? '' : undefined;
  const { content, finishReason } = fieldsOf(candidates[0]);
  if (geminiRefusals.test(stringOr(finishReason))) throw modelRefusal(`it ended with ${stringOr(finishReason)}`);
  const { parts } = fieldsOf(content);
  if (!Array.isArray(parts)) return '';
  return parts
    .map(fieldsOf)
    .map(({ text, thought }) => (thought === true ? '' : stringOr(text)))
    .join('');
}

function readOllama({ done, message, response }: Fields): string | undefined {
  if (typeof done !== 'boolean') return undefined;
  return stringOr(fieldsOf(message)['content'], response);
}

function readNode({ nodeType, innerText, textContent, documentElement }: Fields): string | undefined {
  if (typeof nodeType !== 'number') return undefined;
  // A document has no text of its own.
  return isThere(documentElement) ? readNode(fieldsOf(documentElement)) : stringOr(innerText, textContent);
}

function readText(chunk: Fields): string | undefined {
  const { type, text } = chunk;
  if (isThere(type)) return undefined;
  const value: unknown = typeof text === 'function' ? text.call(chunk) : text;
  return typeof value === 'string' ? value : undefined;
}

function readFailure({ type, error, errorText, message }: Fields): string | undefined {
  if (type === 'error') throw modelFailure(error ?? errorText ?? message);
  if (!isThere(type) && isThere(error)) throw modelFailure(error);
  return undefined;
}

type Fields = Readonly<Record<string, unknown>>;
const object = (name: string, read: (chunk: Fields) => string | undefined): ChunkShape => ({
  name,
  read: (chunk) => (typeof chunk === 'object' && chunk !== null ? read(chunk as Fields) : undefined),
});

/** Every shape that {@link readChunk} knows, in the order of asking. */
export const chunkShapes: readonly ChunkShape[] = [
  { name: 'string', read: (chunk) => (typeof chunk === 'string' ? chunk : undefined) },
  object('failure', readFailure),
  object('OpenAI chat completion', readOpenAIChat),
  object('OpenAI response event', readOpenAIResponses),
  object('Anthropic message event', readAnthropic),
  object('LangChain message', readLangChain),
  object('Vercel AI SDK part', readVercel),
  object('Google Gemini response', readGemini),
  object('Ollama answer', readOllama),
  object('DOM node', readNode),
  object('object with a text', readText),
];

/** Returns the text of a chunk, or undefined if it has no known shape. */
export function textOfChunk(chunk: unknown): string | undefined {
  for (const { read } of chunkShapes) {
    const text = read(chunk);
    if (text !== undefined) return text;
  }
  return undefined;
}

/**
 * Returns the text of a chunk.
 *
 * @throws TypeError if the chunk has no known shape; it names the chunk's constructor and keys, never its content
 */
export function readChunk(chunk: unknown): string {
  const text = textOfChunk(chunk);
  if (text === undefined) throw new TypeError(`textDeltas found ${nameValue(chunk)}, which is no chunk of a model's stream.`);
  return text;
}
