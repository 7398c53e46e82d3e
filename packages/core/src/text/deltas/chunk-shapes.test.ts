import { expect, test } from 'vitest';

import { chunkShapes, readChunk } from './chunk-shapes.ts';

const message = (kind: string, content: unknown) => ({ content, getType: () => kind });

const texts: readonly (readonly [what: string, chunk: unknown, text: string])[] = [
  ['a string', 'Hi', 'Hi'],
  ['OpenAI chat', { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'Hi' } }] }, 'Hi'],
  ['OpenAI chat, second answer', { choices: [{ index: 1, delta: { content: 'Hi' } }] }, ''],
  ['OpenAI chat, role', { choices: [{ index: 0, delta: { role: 'assistant', content: null, refusal: null } }] }, ''],
  ['OpenAI chat, tool call', { choices: [{ delta: { tool_calls: [{ function: { arguments: '{' } }] } }] }, ''],
  ['OpenAI chat, usage', { choices: [], usage: { total_tokens: 3 } }, ''],
  ['OpenAI chat, reasoning', { choices: [{ delta: { reasoning_content: 'Hm', content: null } }] }, ''],
  ['OpenAI chat, whole', { choices: [{ message: { content: 'Hi' } }] }, 'Hi'],
  ['OpenAI completions', { choices: [{ text: 'Hi' }] }, 'Hi'],
  ['OpenAI response', { type: 'response.output_text.delta', delta: 'Hi' }, 'Hi'],
  ['OpenAI response, reasoning', { type: 'response.reasoning_text.delta', delta: 'Hm' }, ''],
  ['OpenAI response, arguments', { type: 'response.function_call_arguments.delta', delta: '{' }, ''],
  ['OpenAI response, done', { type: 'response.output_text.done', text: 'Hi' }, ''],
  ['OpenAI response, created', { type: 'response.created', response: { error: null, incomplete_details: null } }, ''],
  ['Anthropic', { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hi' } }, 'Hi'],
  ['Anthropic, thinking', { type: 'content_block_delta', delta: { type: 'thinking_delta', thinking: 'Hm' } }, ''],
  ['Anthropic, tool', { type: 'content_block_delta', delta: { type: 'input_json_delta', partial_json: '{' } }, ''],
  ['Anthropic, block', { type: 'content_block_start', content_block: { type: 'text', text: 'Hi' } }, 'Hi'],
  ['Anthropic, thinking block', { type: 'content_block_start', content_block: { type: 'thinking', thinking: 'Hm' } }, ''],
  ['Anthropic, usage', { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } }, ''],
  ['Anthropic, ping', { type: 'ping' }, ''],
  ['Anthropic, whole', { type: 'message', content: [{ type: 'text', text: 'Hi' }], stop_reason: 'end_turn' }, 'Hi'],
  ['Vercel 5 and later', { type: 'text-delta', id: '0', text: 'Hi' }, 'Hi'],
  ['Vercel 4', { type: 'text-delta', textDelta: 'Hi' }, 'Hi'],
  ['Vercel UI message', { type: 'text-delta', id: '0', delta: 'Hi' }, 'Hi'],
  ['Vercel, reasoning', { type: 'reasoning-delta', text: 'Hm' }, ''],
  ['Vercel, a tool that failed', { type: 'tool-error', error: new Error('no') }, ''],
  ['Vercel, own data', { type: 'data-weather', data: { text: 'rain' } }, ''],
  ['LangChain', message('ai', 'Hi'), 'Hi'],
  [
    'LangChain, parts',
    message('ai', [
      { type: 'text', text: 'H' },
      { type: 'reasoning', text: 'Hm' },
      { type: 'text', text: 'i' },
    ]),
    'Hi',
  ],
  ['LangChain, tool message', message('tool', '42'), ''],
  ['LangGraph messages', [message('ai', 'Hi'), { langgraph_step: 1 }], 'Hi'],
  ['LangChain event', { event: 'on_chat_model_stream', data: { chunk: message('ai', 'Hi') } }, 'Hi'],
  ['LangChain event of a chain', { event: 'on_chain_stream', data: { chunk: message('ai', 'Hi') } }, ''],
  ['Gemini', { candidates: [{ content: { parts: [{ text: 'H' }, { text: 'Hm', thought: true }, { text: 'i' }] } }] }, 'Hi'],
  ['Gemini, call', { candidates: [{ content: { parts: [{ functionCall: { name: 'f' } }] }, finishReason: 'STOP' }] }, ''],
  ['Gemini, usage', { usageMetadata: { totalTokenCount: 3 } }, ''],
  ['Ollama chat', { message: { role: 'assistant', content: 'Hi', thinking: '' }, done: false }, 'Hi'],
  ['Ollama generate', { response: 'Hi', done: false }, 'Hi'],
  ['Ollama, end', { response: '', done: true, done_reason: 'stop' }, ''],
  ['a DOM node', { nodeType: 3, textContent: 'Hi' }, 'Hi'],
  ['a rendered element', { nodeType: 1, textContent: '<>Hi', innerText: 'Hi' }, 'Hi'],
  ['a document', { nodeType: 9, textContent: null, documentElement: { nodeType: 1, textContent: 'Hi' } }, 'Hi'],
  ['text in a method', { text: () => 'Hi' }, 'Hi'],
  [
    'text in a getter',
    {
      get text() {
        return 'Hi';
      },
    },
    'Hi',
  ],
];

for (const [what, chunk, text] of texts) {
  test(`reads ${JSON.stringify(text)} from ${what}`, () => {
    expect(readChunk(chunk)).toBe(text);
  });
}

const failures: readonly (readonly [what: string, chunk: unknown, error: RegExp])[] = [
  [
    'Anthropic',
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    /failed: overloaded_error: Overloaded$/,
  ],
  ['OpenAI', { error: { message: 'Too many', type: 'requests', code: 'rate_limit' } }, /failed: requests: Too many$/],
  ['OpenAI response event', { type: 'error', code: 'x', message: 'Broken' }, /failed: Broken$/],
  [
    'OpenAI response',
    { type: 'response.failed', response: { error: { code: 'server_error', message: 'No' } } },
    /server_error: No$/,
  ],
  ['Vercel', { type: 'error', error: new Error('Broken') }, /Broken$/],
  ['Vercel UI message', { type: 'error', errorText: 'Broken' }, /failed: Broken$/],
  ['Ollama', { error: 'model not found' }, /failed: model not found$/],
  ['OpenRouter', { error: { code: 502, message: 'Bad' }, choices: [{ delta: { content: '' } }] }, /failed: 502: Bad$/],
  ['an aborted Vercel stream', { type: 'abort' }, /aborted/],
  ['an OpenAI refusal', { choices: [{ delta: { refusal: 'I' } }] }, /did not answer: it refused/],
  ['an OpenAI response refusal', { type: 'response.refusal.delta', delta: 'I' }, /it refused/],
  ['an OpenAI filter', { choices: [{ delta: {}, finish_reason: 'content_filter' }] }, /content filter/],
  [
    'an OpenAI response filter',
    { type: 'response.incomplete', response: { incomplete_details: { reason: 'content_filter' } } },
    /filter/,
  ],
  ['an Anthropic refusal', { type: 'message_delta', delta: { stop_reason: 'refusal' } }, /it refused/],
  ['a blocked Gemini prompt', { promptFeedback: { blockReason: 'SAFETY' } }, /blocked the prompt \(SAFETY\)/],
  ['a blocked Gemini answer', { candidates: [{ finishReason: 'SAFETY' }] }, /ended with SAFETY/],
];

for (const [what, chunk, error] of failures) {
  test(`throws what ${what} reports`, () => {
    expect(() => readChunk(chunk)).toThrow(error);
  });
}

test('shortens the words of a failure and drops control characters', () => {
  const chunk = { error: { message: `a\u0000\u202E${'b'.repeat(10_000)}` } };
  expect(() => readChunk(chunk)).toThrow(/^The model's stream failed: a b{498}$/);
});

test('an answer that the length limit ended is no failure', () => {
  expect(readChunk({ choices: [{ delta: {}, finish_reason: 'length' }] })).toBe('');
  expect(readChunk({ type: 'response.incomplete', response: { incomplete_details: { reason: 'max_output_tokens' } } })).toBe('');
});

class Secretive {
  secret = 'the content';
}
const strangers: readonly (readonly [chunk: unknown, name: string])[] = [
  [undefined, 'undefined'],
  [null, 'null'],
  [42, 'a number'],
  [new Secretive(), 'an instance of Secretive with the keys secret'],
  [{ foo: 'the content', bar: 1 }, 'an object with the keys foo, bar'],
  [{ type: 'unheard-of', text: 'the content' }, 'an object with the keys type, text'],
  [
    Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`k${index}`, 1])),
    'an object with the keys k0, k1, k2, k3, k4, k5, k6, k7, …',
  ],
  [[1, 2], 'an array'],
];

for (const [chunk, name] of strangers) {
  test(`refuses ${name} by name and does not show its content`, () => {
    expect(() => readChunk(chunk)).toThrow(new TypeError(`textDeltas found ${name}, which is no chunk of a model's stream.`));
  });
}

test('each row of the table has a name of its own', () => {
  expect(new Set(chunkShapes.map(({ name }) => name)).size).toBe(chunkShapes.length);
});
