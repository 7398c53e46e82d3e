// textDeltas reads the streams of real clients of language models. The clients talk to a server that answers as the vendors document.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createOpenAI } from '@ai-sdk/openai';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { AIMessageChunk } from '@langchain/core/messages';
import { FakeStreamingChatModel } from '@langchain/core/utils/testing';
import { textDeltas, type TextDeltaSource } from 'saystream/text-deltas';
import { streamText } from 'ai';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
const named = (data: { readonly type: string }): string => `event: ${data.type}\n${event(data)}`;

const chat = (delta: object | undefined, more = {}): string => {
  const choices = delta ? [{ index: 0, delta, finish_reason: null, logprobs: null }] : [];
  return event({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...more });
};
const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
const done = 'data: [DONE]\n\n';

const item = { id: 'msg_1', type: 'message', role: 'assistant', status: 'in_progress', content: [] };
const part = { type: 'output_text', text: '', annotations: [] };
const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
const answered = { id: 'r1', object: 'response', created_at: 1, model: 'm', status: 'completed', output: [], error: null };

const block = (index: number, delta: object): string => named({ type: 'content_block_delta', index, delta } as { type: string });
const anthropicStart = named({
  type: 'message_start',
  message: {
    id: 'm1',
    type: 'message',
    role: 'assistant',
    content: [],
    model: 'm',
    stop_reason: null,
    usage: { input_tokens: 1 },
  },
} as { type: string });

/** The bodies of the answers, by the end of the path; `?` marks those of a model that fails. */
const answers: Readonly<Record<string, string>> = {
  '/chat/completions':
    chat({ role: 'assistant', content: '', refusal: null }) +
    chat({ content: 'Hello' }) +
    chat({ content: ' wörld.' }) +
    chat({ tool_calls: [{ index: 0, id: 't1', type: 'function', function: { name: 'f', arguments: '{}' } }] }) +
    chat(undefined, { usage }) +
    done,
  '/failing/chat/completions': chat({ content: 'Hello' }) + event({ error: { message: 'Overloaded', type: 'server_error' } }),
  '/refusing/chat/completions': chat({ content: null, refusal: 'I cannot' }) + done,
  '/responses':
    named({ type: 'response.created', response: { ...answered, status: 'in_progress' } } as { type: string }) +
    named({ type: 'response.output_item.added', output_index: 0, item } as { type: string }) +
    named({ type: 'response.content_part.added', ...place, part } as { type: string }) +
    named({ type: 'response.output_text.delta', ...place, delta: 'Hello' } as { type: string }) +
    named({ type: 'response.output_text.delta', ...place, delta: ' wörld.' } as { type: string }) +
    named({ type: 'response.output_text.done', ...place, text: 'Hello wörld.' } as { type: string }) +
    named({ type: 'response.output_item.done', output_index: 0, item: { ...item, status: 'completed' } } as { type: string }) +
    named({ type: 'response.completed', response: { ...answered, usage: { input_tokens: 1, output_tokens: 2 } } } as {
      type: string;
    }),
  '/v1/messages':
    anthropicStart +
    named({ type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } } as { type: string }) +
    block(0, { type: 'thinking_delta', thinking: 'Hm' }) +
    named({ type: 'content_block_stop', index: 0 } as { type: string }) +
    named({ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } } as { type: string }) +
    named({ type: 'ping' }) +
    block(1, { type: 'text_delta', text: 'Hello' }) +
    block(1, { type: 'text_delta', text: ' wörld.' }) +
    named({ type: 'content_block_stop', index: 1 } as { type: string }) +
    named({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } } as { type: string }) +
    named({ type: 'message_stop' }),
  '/failing/v1/messages':
    anthropicStart +
    named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as { type: string }) +
    block(0, { type: 'text_delta', text: 'Hello' }) +
    named({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } } as { type: string }),
  ':streamGenerateContent':
    event({ candidates: [{ content: { role: 'model', parts: [{ text: 'Hm', thought: true }] } }] }) +
    event({ candidates: [{ content: { role: 'model', parts: [{ text: 'Hello' }] } }] }) +
    event({ candidates: [{ content: { role: 'model', parts: [{ text: ' wörld.' }] }, finishReason: 'STOP' }] }) +
    event({ usageMetadata: { totalTokenCount: 3 } }),
};

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url!.split('?', 1)[0]!;
    const ends = Object.keys(answers).filter((end) => path.endsWith(end));
    const body = Buffer.from(answers[ends.sort((a, b) => b.length - a.length)[0]!] ?? '');
    response.writeHead(body.length > 0 ? 200 : 404, { 'content-type': 'text/event-stream' });
    // 7 bytes at a time, so that events, lines and characters are split.
    const send = (at: number): void => {
      if (at >= body.length) return void response.end();
      response.write(body.subarray(at, at + 7), () => setImmediate(send, at + 7));
    };
    request.resume().on('end', () => send(0));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

async function read(source: TextDeltaSource): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of textDeltas(source)) texts.push(text);
  return texts;
}

const messages = [{ role: 'user' as const, content: 'Hi' }];
const prompt = { model: 'm', messages, stream: true as const };
const openai = (path = '/v1') => new OpenAI({ baseURL: url + path, apiKey: 'none', maxRetries: 0 });
const anthropic = (path = '') => new Anthropic({ baseURL: url + path, apiKey: 'none', maxRetries: 0 });
const vercel = (path = '/v1') => createOpenAI({ baseURL: url + path, apiKey: 'none' });
const claude = { model: 'm', messages, max_tokens: 9 };
const gemini = () => new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: url } });
const post = (path: string) => fetch(url + path, { method: 'POST' });
const quietly = { onError: () => {}, maxRetries: 0, prompt: 'Hi' };

const sources: Readonly<Record<string, () => TextDeltaSource>> = {
  'openai, chat completions': () => openai().chat.completions.create(prompt),
  'openai, responses': () => openai().responses.create({ model: 'm', input: 'Hi', stream: true }),
  'openai, responses helper': () => openai().responses.stream({ model: 'm', input: 'Hi' }),
  'openai, toReadableStream in a response': async () => {
    const stream = await openai().chat.completions.create(prompt);
    return new Response(stream.toReadableStream(), { headers: { 'content-type': 'application/x-ndjson' } });
  },
  '@anthropic-ai/sdk, create': () => anthropic().messages.create({ ...claude, stream: true }),
  '@anthropic-ai/sdk, stream': () => anthropic().messages.stream(claude),
  'ai, textStream': () => streamText({ ...quietly, model: vercel().chat('m') }).textStream,
  'ai, fullStream': () => streamText({ ...quietly, model: vercel().chat('m') }).fullStream,
  'ai, fullStream of responses': () => streamText({ ...quietly, model: vercel()('m') }).fullStream,
  'ai, the result itself': () => streamText({ ...quietly, model: vercel().chat('m') }),
  'ai, toUIMessageStream': () => streamText({ ...quietly, model: vercel().chat('m') }).toUIMessageStream(),
  'ai, toUIMessageStreamResponse': () => streamText({ ...quietly, model: vercel().chat('m') }).toUIMessageStreamResponse(),
  'ai, toTextStreamResponse': () => streamText({ ...quietly, model: vercel().chat('m') }).toTextStreamResponse(),
  '@google/genai': () => gemini().models.generateContentStream({ model: 'm', contents: 'Hi' }),
  'fetch, chat completions': () => post('/v1/chat/completions'),
  'fetch, responses': () => post('/v1/responses'),
  'fetch, Anthropic': () => post('/v1/messages'),
  'fetch, Gemini': () => post('/v1beta/models/m:streamGenerateContent?alt=sse'),
  '@langchain/core': () =>
    new FakeStreamingChatModel({ chunks: ['Hello', ' wörld.'].map((content) => new AIMessageChunk({ content })) }).stream('Hi'),
};

for (const [name, source] of Object.entries(sources)) {
  test(`reads the text of ${name}`, async () => {
    expect((await read(source())).join('')).toBe('Hello wörld.');
  });
}

const failing: Readonly<Record<string, readonly [source: () => TextDeltaSource, error: RegExp]>> = {
  'openai, an error in the stream': [() => openai('/failing').chat.completions.create(prompt), /Overloaded/],
  'openai, a refusal': [() => openai('/refusing').chat.completions.create(prompt), /it refused/],
  'openai, 404': [() => openai('/nowhere').completions.create({ model: 'm', prompt: 'Hi', stream: true }), /404/],
  '@anthropic-ai/sdk, an error in the stream': [
    () => anthropic('/failing').messages.create({ ...claude, stream: true }),
    /Overloaded/,
  ],
  'ai, an error in fullStream': [() => streamText({ ...quietly, model: vercel('/failing').chat('m') }).fullStream, /Overloaded/],
  'ai, an error in the result itself': [() => streamText({ ...quietly, model: vercel('/failing').chat('m') }), /Overloaded/],
  'ai, an error in toUIMessageStream': [
    () => streamText({ ...quietly, model: vercel('/failing').chat('m') }).toUIMessageStream({ onError: () => 'Overloaded' }),
    /Overloaded/,
  ],
  'fetch, an error in a chat completion': [() => post('/failing/chat/completions'), /Overloaded/],
  'fetch, an error of Anthropic': [() => post('/failing/v1/messages'), /overloaded_error: Overloaded/],
  'fetch, 404': [() => post('/nothing'), /status 404/],
};

for (const [name, [source, error]] of Object.entries(failing)) {
  test(`throws the failure of ${name}`, async () => {
    await expect(read(source())).rejects.toThrow(error);
  });
}
