import { expect, test, vi } from 'vitest';

import { textDeltas, type TextDeltaSource } from './text-deltas.ts';

async function read(source: TextDeltaSource): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of textDeltas(source)) texts.push(text);
  return texts;
}

const bytes = (...parts: (string | Uint8Array)[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(typeof part === 'string' ? new TextEncoder().encode(part) : part);
      controller.close();
    },
  });
const response = (type: string, ...parts: (string | Uint8Array)[]) =>
  new Response(bytes(...parts), { headers: type ? { 'content-type': type } : {} });

async function* later(...chunks: unknown[]) {
  for (const chunk of chunks) {
    await Promise.resolve();
    yield chunk;
  }
}

test('a string is one delta', async () => {
  expect(await read('Hello there')).toEqual(['Hello there']);
});

test('leaves out empty strings', async () => {
  expect(await read(later('', 'a', { type: 'ping' }, 'b'))).toEqual(['a', 'b']);
});

test('reads arrays, streams of strings and promises of streams', async () => {
  const strings = () => new ReadableStream({ start: (controller) => (controller.enqueue('a'), controller.close()) });
  expect(await read(['a', 'b'])).toEqual(['a', 'b']);
  expect(await read(strings())).toEqual(['a']);
  expect(await read(Promise.resolve(strings()))).toEqual(['a']);
});

test('reads a character whose bytes come in two parts', async () => {
  const [first, ...rest] = new TextEncoder().encode('é!');
  expect((await read(bytes(new Uint8Array([first!]), new Uint8Array(rest)))).join('')).toBe('é!');
});

test('reads the stream that a result of streamText holds', async () => {
  const result = { fullStream: later({ type: 'start' }, { type: 'text-delta', text: 'a' }), text: Promise.resolve('a') };
  expect(await read(result)).toEqual(['a']);
});

test('reads one message as a stream of one chunk', async () => {
  expect(await read({ nodeType: 3, textContent: 'a' })).toEqual(['a']);
});

const delta = (text: string) => JSON.stringify({ choices: [{ delta: { content: text } }] });
const sse = `data: ${delta('a')}\r\n\r\ndata: ${delta('é')}\r\n\r\ndata: [DONE]\r\n\r\ndata: never read\r\n\r\n`;
const byType: readonly (readonly [type: string, body: string, text: string])[] = [
  ['text/event-stream; charset=utf-8', sse, 'aé'],
  ['Text/Event-Stream', `data: "a"\n\ndata: "b"`, 'ab'],
  ['application/x-ndjson', '{"response":"a","done":false}\r\n\n{"response":"é","done":true}', 'aé'],
  ['application/jsonl', '{"response":"a","done":false}\n', 'a'],
  ['application/json', '[{"candidates":[{"content":{"parts":[{"text":"a"}]}}]},\n{"usageMetadata":{}}]', 'a'],
  ['application/json', delta('a'), 'a'],
  ['text/plain; charset=UTF-8', 'data: é', 'data: é'],
  ['', 'a', 'a'],
];

for (const [type, body, text] of byType) {
  test(`reads a response of the type ${type || '(none)'}: ${body.slice(0, 20)}`, async () => {
    expect((await read(response(type, body))).join('')).toBe(text);
    const each = [...new TextEncoder().encode(body)].map((byte) => new Uint8Array([byte]));
    expect((await read(response(type, ...each))).join('')).toBe(text);
    expect((await read(Promise.resolve(response(type, body)))).join('')).toBe(text);
  });
}

test('a response without a body has no text', async () => {
  expect(await read(new Response(null, { status: 204 }))).toEqual([]);
});

test('refuses a failed response, a page and a body that was read', async () => {
  const failed = new Response(bytes('{}'), { status: 429, headers: { 'content-type': 'text/event-stream' } });
  expect(() => textDeltas(failed)).toThrow('answered with status 429');
  expect(() => textDeltas(response('text/html', '<p>'))).toThrow(/^textDeltas cannot read a response of the type text\/html/);
  const used = response('text/plain', 'a');
  await used.text();
  expect(() => textDeltas(used)).toThrow(/read already/);
  await expect(read(Promise.resolve(new Response(null, { status: 500 })))).rejects.toThrow('status 500');
});

test('gives the text before a failure, and then throws', async () => {
  const deltas = textDeltas(
    response('text/event-stream', `data: ${delta('a')}\n\nevent: error\ndata: {"error":{"message":"Broken"}}\n\n`),
  );
  expect(await deltas.next()).toEqual({ value: 'a', done: false });
  await expect(deltas.next()).rejects.toThrow("The model's stream failed: Broken");
});

test('does not show data that is not JSON', async () => {
  await expect(read(response('text/event-stream', 'data: {"the content\n\n'))).rejects.toThrow(
    new TypeError('textDeltas found data in the stream that is not JSON.'),
  );
});

test('refuses what is no source at once, by name', () => {
  for (const [source, name] of [
    [undefined, 'undefined'],
    [42, 'a number'],
    [{ secret: 'the content' }, 'an object with the keys secret'],
    [new Map().set, 'a function'],
    [new Blob(['a']), 'an instance of Blob'],
  ] as const) {
    expect(() => textDeltas(source as unknown as string)).toThrow(new RegExp(`^textDeltas cannot read ${name}\\.`));
  }
});

test('refuses an unknown chunk before a character is given, and ends the source', async () => {
  const ended = vi.fn<() => void>();
  async function* source() {
    try {
      yield { secret: 'the content' };
      yield 'a';
    } finally {
      ended();
    }
  }
  await expect(textDeltas(source()).next()).rejects.toThrow('an object with the keys secret');
  expect(ended).toHaveBeenCalledOnce();
});

test('the end of the loop cancels the source', async () => {
  const cancel = vi.fn<() => void>();
  const stream = new ReadableStream({ pull: (controller) => controller.enqueue('a'), cancel });
  for await (const text of textDeltas(stream)) if (text) break;
  expect(cancel).toHaveBeenCalledOnce();
});

test('cancels a silent response at once, and one that comes later', async () => {
  const cancel = vi.fn<() => void>();
  const silent = () => new Response(new ReadableStream({ cancel }), { headers: { 'content-type': 'text/plain' } });
  const deltas = textDeltas(silent());
  const pending = deltas.next();
  await Promise.resolve();
  await deltas.return!();
  expect(await pending).toEqual({ value: undefined, done: true });
  expect(cancel).toHaveBeenCalledOnce();

  let answer!: (response: Response) => void;
  const late = textDeltas(new Promise<Response>((resolve) => (answer = resolve)));
  const first = late.next();
  const returned = late.return!();
  answer(silent());
  expect(await first).toEqual({ value: undefined, done: true });
  expect(await returned).toEqual({ value: undefined, done: true });
  expect(cancel).toHaveBeenCalledTimes(2);
});

test('a source whose return throws hides no text and no error', async () => {
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ value: 'a', done: false as const }),
      return: () => Promise.reject(new Error('the caller')),
    }),
  };
  for await (const text of textDeltas(source)) {
    expect(text).toBe('a');
    break;
  }
});
