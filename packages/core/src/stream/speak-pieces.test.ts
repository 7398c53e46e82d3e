import { SpeechError } from '@saystream/errors';
import { expect, test } from 'vitest';

import type { AskForSocket } from './create-speech-stream.ts';
import { answer, audioOf, joined, listen, long, open, rate, sentence, serve, slowly, turn } from './test-piece-vendor.ts';

test('a long text is asked for once, in order, and its audio is joined sample by sample', async () => {
  const { speech, requests } = open(long);
  const heard = listen(speech);
  await serve(requests, heard, (due) => due.toReversed());
  const { samples, outcome } = await heard;
  expect(joined(requests)).toBe(long);
  expect(requests.length).toBeGreaterThan(10);
  expect(samples).toEqual(requests.flatMap(({ text }) => [...audioOf(text)]));
  expect(outcome).toMatchObject({ verdict: 'completed', billed: 'yes', samples: long.length * 50 });
  expect(outcome.characters).toEqual({ asked: long.length, accepted: long.length });
  expect(outcome.pieces.map(({ start, end }) => long.slice(start, end))).toEqual(requests.map(({ text }) => text));
  expect(outcome.pieces.every(({ verdict, generationId }) => verdict === 'completed' && generationId?.startsWith('id of'))).toBe(
    true,
  );
  expect(outcome).not.toHaveProperty('generationId');
  expect(speech.rest).toBe('');
});

test('a short string is one request, with the outcome of that request, and is offered the socket', async () => {
  const { speech, requests } = open('Hello. How are you?');
  const ask: AskForSocket = () => Promise.resolve(undefined);
  (speech as unknown as Record<symbol, (ask: AskForSocket) => void>)[Symbol.for('saystream.offerSocket')]?.(ask);
  expect(requests).toHaveLength(1);
  expect(requests[0]?.offered).toBe(ask);
  answer(requests[0]!);
  expect(await speech.outcome).toMatchObject({ verdict: 'completed', generationId: 'id of 19', samples: 950 });
  const failing = open('Hello. How are you?');
  const error = new SpeechError({ kind: 'vendor-fault', vendor: 'test', message: 'No.' });
  failing.requests[0]?.sink.end({ error, billed: 'unknown' });
  expect((await failing.speech.outcome).error).toBe(error);
});

test('the pieces of a text of several pieces are offered no socket', async () => {
  const { speech, requests } = open(long);
  (speech as unknown as Record<symbol, (ask: AskForSocket) => void>)[Symbol.for('saystream.offerSocket')]?.(() =>
    Promise.resolve(undefined),
  );
  const heard = listen(speech);
  await serve(requests, heard);
  expect(requests.filter(({ offered }) => offered)).toEqual([]);
});

test('text is spoken while it is being written', async () => {
  let write: (text: string) => void = () => undefined;
  const source = new ReadableStream<string>({ start: (controller) => void (write = (text) => controller.enqueue(text)) });
  const { speech, requests } = open(source);
  for (const token of ['A first ', 'sentence. ', 'And a ']) write(token);
  await expect.poll(() => requests.map(({ text }) => text)).toEqual(['A first sentence. ']);
  expect(speech.rest).toBe('A first sentence. And a ');
  answer(requests[0]!);
  expect(speech.rest).toBe('And a ');
  speech.cancel();
  expect(await speech.outcome).toMatchObject({ verdict: 'cancelled', billed: 'yes', characters: { asked: 18, accepted: 18 } });
});

test('a source that is slow with its first sentence is let go at the end of a word', async () => {
  const words = ['Once ', 'upon ', 'a ', 'time ', 'th', 'ere', ' was', ' a king'];
  const startedAtMs = performance.now();
  const { speech, requests } = open(slowly(words, 110));
  await expect.poll(() => requests.length, { timeout: 2_000, interval: 5 }).toBe(1);
  expect(performance.now() - startedAtMs).toBeLessThan(700);
  expect(requests[0]?.text).toMatch(/^Once upon a (time )?$/);
  speech.cancel();
  await speech.outcome;
});

test('a consumer that does not read stops new requests, and one that reads starts them again', async () => {
  const { speech, requests } = open(long, { lookAheadMs: 10_000 });
  const iterator = speech[Symbol.asyncIterator]();
  for (let answered = 0; answered < requests.length; answered += 1) {
    answer(requests[answered]!);
    await turn();
  }
  const asked = requests.length;
  expect(joined(requests).length * 50).toBeLessThanOrEqual(10_000);
  expect(joined(requests).length * 50).toBeGreaterThan(5_000);
  for (let taken = 0; taken < 2; taken += 1) await iterator.next();
  expect(requests.length).toBeGreaterThan(asked);
  await iterator.return?.();
  await speech.outcome;
});

test('a player that reads all at once holds back requests until it has played', async () => {
  const { speech, requests } = open(long, { lookAheadMs: 10_000 });
  let playedMs = 0;
  let readMs = 0;
  const follow = (speech as unknown as Record<symbol, (bufferedMs: () => number) => () => void>)[
    Symbol.for('saystream.followPlayback')
  ]!;
  const played = follow.call(speech, () => readMs - playedMs);
  const reading = (async () => {
    for await (const chunk of speech) readMs += chunk.length;
  })();
  let answered = 0;
  const serveDue = async () => {
    for (; answered < requests.length; await turn()) answer(requests[answered++]!);
  };
  while (playedMs < long.length * 50) {
    await serveDue();
    expect(joined(requests).length * 50).toBeLessThanOrEqual(playedMs + 10_000);
    playedMs += 1_000;
    played();
  }
  await serveDue();
  await reading;
  expect(joined(requests)).toBe(long);
});

test('without a reader the look-ahead is all that is asked for, until outcome alone is wanted', async () => {
  const { speech, requests } = open(long, { lookAheadMs: 5_000 });
  let answered = 0;
  for (; answered < requests.length; answered += 1) {
    answer(requests[answered]!);
    await turn();
  }
  expect(joined(requests).length).toBeLessThan(long.length / 2);
  const { outcome } = speech;
  for (; answered < requests.length; answered += 1) {
    answer(requests[answered]!);
    await turn();
  }
  expect(await outcome).toMatchObject({ verdict: 'completed', samples: long.length * 50 });
});

test.each([0, 1, 7])('piece %i that fails ends the text after the audio before it', async (failing) => {
  const { speech, requests } = open(long);
  const heard = listen(speech);
  for (let index = 0; index < failing; index += 1) {
    await expect.poll(() => requests.length, { interval: 1 }).toBeGreaterThan(index);
    answer(requests[index]!);
  }
  await expect.poll(() => requests.length, { interval: 1 }).toBeGreaterThan(failing);
  const broken = requests[failing]!;
  broken.sink.format({ sampleRate: rate, channels: 1 });
  broken.sink.samples(audioOf('half'));
  const error = new SpeechError({ kind: 'connection-lost', vendor: 'test', message: 'Gone.', billed: 'no' });
  broken.sink.end({ error, billed: 'no' });
  const { samples, outcome, thrown } = await heard;
  expect(samples).toEqual([...requests.slice(0, failing).map(({ text }) => text), 'half'].flatMap((text) => [...audioOf(text)]));
  expect(outcome).toMatchObject({ verdict: 'truncated', error: { kind: 'connection-lost', piece: failing } });
  expect(outcome.billed).toBe(outcome.error?.billed);
  expect(outcome.pieces[failing]).toMatchObject({ verdict: 'truncated', billed: 'no', samples: 200 });
  expect(thrown).toBe(outcome.error);
  expect(speech.rest).toBe(joined(requests.slice(failing)) + long.slice(joined(requests).length));
  expect(requests.slice(failing + 1).every(({ isCancelled }) => isCancelled)).toBe(true);
  await turn();
  expect(outcome.pieces).toHaveLength(requests.length);
});

test('a later piece that fails first waits until the pieces before it are heard', async () => {
  const { speech, requests } = open(long);
  const heard = listen(speech);
  await expect.poll(() => requests.length).toBe(2);
  const error = new SpeechError({ kind: 'vendor-fault', vendor: 'test', message: 'No.' });
  requests[1]?.sink.end({ error, billed: 'unknown' });
  await turn();
  answer(requests[0]!);
  const { samples, outcome } = await heard;
  expect(samples).toEqual([...audioOf(requests[0]!.text)]);
  expect(outcome).toMatchObject({ verdict: 'truncated', error: { piece: 1 }, billed: 'yes' });
  expect(requests).toHaveLength(2);
});

test('audio of another rate is refused', async () => {
  const { speech, requests } = open(long);
  const heard = listen(speech);
  await expect.poll(() => requests.length).toBe(2);
  answer(requests[0]!);
  expect(() => requests[1]?.sink.format({ sampleRate: 16_000, channels: 1 })).toThrow(/16000 Hz/);
  requests[1]?.sink.end({
    error: new SpeechError({ kind: 'bad-response', vendor: 'test', message: 'Another rate.' }),
    billed: 'unknown',
  });
  expect((await heard).outcome).toMatchObject({ verdict: 'truncated', error: { kind: 'bad-response', piece: 1 } });
});

test('a source that gives no string ends the text after what was asked for', async () => {
  const { speech, requests } = open(slowly(['A first sentence. ', 'Another ', 7]));
  const heard = listen(speech);
  await expect.poll(() => requests.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  answer(requests[0]!);
  const { samples, outcome } = await heard;
  expect(samples).toHaveLength(900);
  expect(outcome).toMatchObject({ verdict: 'truncated', billed: 'yes', error: { kind: 'invalid-request', billed: 'yes' } });
  expect(outcome.error?.message).toMatch(/Piece 3 .* number/);
  expect(speech.rest).toBe('Another ');
});

test('a source that gives no string at first costs nothing', async () => {
  const { speech, requests } = open(slowly([{ delta: 'x' }]));
  expect(await speech.outcome).toMatchObject({
    verdict: 'failed',
    billed: 'no',
    pieces: [],
    characters: { asked: 0, accepted: 0 },
  });
  expect(requests).toEqual([]);
});

test.each([[[]], [['']], [['', '']]])('a source of %j is an empty text', async (pieces) => {
  const { speech } = open(slowly(pieces));
  expect((await speech.outcome).error).toMatchObject({ kind: 'invalid-request', message: 'The text is empty.', billed: 'no' });
});

test('white space at the end is not asked for, and belongs to the last piece', async () => {
  const { speech, requests } = open(slowly(['A sentence that is long enough. ', 'Another one. ', '\n\n \n']));
  const heard = listen(speech);
  await serve(requests, heard);
  const { outcome } = await heard;
  expect(outcome.pieces.at(-1)?.end).toBe(49);
  expect(requests.every(({ text }) => text.trim())).toBe(true);
  expect(speech.rest).toBe('');
});

test('a caller that stops pays for the look-ahead at most, and its source is told', async () => {
  let isTold = false;
  async function* endless() {
    try {
      for (let index = 0; ; index += 1) yield sentence(index);
    } finally {
      isTold = true;
    }
  }
  const { speech, requests } = open(endless(), { lookAheadMs: 10_000 });
  const heard = listen(speech, 4);
  await serve(requests, heard);
  const { outcome, samples } = await heard;
  expect(outcome).toMatchObject({ verdict: 'cancelled', billed: 'yes', error: { kind: 'aborted' } });
  const longest = Math.max(...requests.map(({ text }) => text.length));
  expect(outcome.characters.asked * 50).toBeLessThanOrEqual(samples.length + 10_000 + longest * 50);
  await expect.poll(() => isTold).toBe(true);
  const asked = requests.length;
  await turn();
  expect(requests).toHaveLength(asked);
  const spoken = samples.length / 50;
  expect(speech.rest.startsWith(joined(requests).slice(spoken))).toBe(true);
});

test('a signal that is aborted beforehand asks for nothing', async () => {
  const { speech, requests } = open(long, {}, AbortSignal.abort());
  expect(await speech.outcome).toMatchObject({ verdict: 'cancelled', billed: 'no', pieces: [] });
  expect(requests).toEqual([]);
  expect(speech.rest).toBe(long);
});

test('no piece is longer than the relay lets through', async () => {
  const { speech, requests } = open('word '.repeat(100), {
    askMostCharacters: () => Promise.resolve(33),
    wholeCharacters: 1_000,
  });
  const heard = listen(speech);
  await serve(requests, heard);
  expect((await heard).outcome.verdict).toBe('completed');
  expect(joined(requests)).toBe('word '.repeat(100));
  expect(Math.max(...requests.map(({ text }) => text.length))).toBeLessThanOrEqual(33);
});

test.each([
  [{ lookAheadMs: Number.NaN }, /lookAheadMs/],
  [{ lookAheadMs: -1 }, /lookAheadMs/],
  [{ language: 7 as never }, /language/],
  [{ text: '' }, /text/],
  [{ text: 7 as never }, /text/],
])('wrong option %j is refused at once', (option, message) => {
  expect(() => open(long, option)).toThrow(message);
});
