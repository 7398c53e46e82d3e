import { startEmulator, toneVoice, type Emulator } from '@saystream/emulator';
import { serveRelay, type RelayServer } from '@saystream/relay/node';
import type { Voice } from 'saystream';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { keyOf, vendorNames, voiceOf, type VendorName } from './voices-on-trial.ts';

/** Files and Moknah's samples have sixteen bits. */
const rounding = 1.01 / 32_768;
/** One and a half times real time, as the vendors say of themselves. */
const rate = 1.5;
const shortVoice = (text: string): Float32Array => toneVoice(text.slice(0, 40)).subarray(0, text.length * 60);

let emulator: Emulator;
let fast: Emulator;
let relay: RelayServer;
beforeAll(async () => {
  emulator = await startEmulator({ rate });
  fast = await startEmulator({ rate: Infinity, voice: shortVoice });
  const [audixa, sauti, moknah] = vendorNames.map((vendor) => ({
    apiKey: keyOf(fast, vendor, 'run-relayed'),
    baseUrl: fast[vendor].baseUrl,
  }));
  relay = await serveRelay({
    port: 0,
    vendors: { audixa: audixa!, sauti: sauti!, moknah: moknah! },
    origins: ['https://app.example'],
    allowNonBrowser: true,
    authorize: () => ({ user: 'amina' }),
    limits: {
      charactersPerRequest: 120,
      charactersPerUser: { characters: 1_000_000, windowMs: 60_000 },
      sautiPerMinute: 10_000,
      connectsPerIpPerMinute: 10_000,
    },
  });
});
afterAll(() => Promise.all([relay.close(), emulator.close(), fast.close()]));

/** SAUTI allows ten requests in a minute, and its client keeps to that: its texts here fit into eight. */
const lengths = { audixa: [50_000, 2_000], sauti: [10_000, 500], moknah: [5_000, 1_000] } as const;
const options = { audixa: {}, sauti: { lookAheadMs: Infinity }, moknah: {} } as const;

const sentence = (index: number): string => `Sentence ${index} of the text says something, and then it ends. `;
const textOf = (name: string, characters: number): string =>
  Array.from({ length: Math.ceil(characters / 50) }, (_, index) => `${sentence(index)}It is for ${name}. `)
    .join('')
    .slice(0, characters);

/** The texts that the vendor accepted after the first entries of the ledger. */
const asked = ({ ledger }: Emulator, since: number): string[] => ledger.slice(since).map(({ text }) => text);

async function listen(speech: ReturnType<Voice['say']>) {
  const chunks: Float32Array[] = [];
  let firstMs = 0;
  let thrown: unknown;
  try {
    for await (const chunk of speech) {
      firstMs ||= performance.now();
      chunks.push(chunk);
    }
  } catch (error) {
    thrown = error;
  }
  return { chunks, firstMs, thrown, outcome: await speech.outcome };
}

/** Where the samples of `chunks` are not those of the voice; -1 when all are. */
function firstWrong(chunks: readonly Float32Array[], pieces: readonly string[], speak = shortVoice): number {
  let at = 0;
  const voice = pieces.map((piece) => speak(piece));
  const whole = new Float32Array(voice.reduce((sum, { length }) => sum + length, 0));
  for (const samples of voice) whole.set(samples, (at += samples.length) - samples.length);
  at = 0;
  for (const chunk of chunks) {
    for (const sample of chunk) {
      if (!(Math.abs(sample - (whole[at] ?? Infinity)) <= rounding)) return at;
      at += 1;
    }
  }
  return at === whole.length ? -1 : at;
}

/** SAUTI speaks at a rate of its own: there only the lengths of the pieces are compared, by the outcome. */
function expectVoice(vendor: VendorName, chunks: readonly Float32Array[], pieces: readonly string[]): void {
  if (vendor !== 'sauti') expect(firstWrong(chunks, pieces)).toBe(-1);
}

/** Writes two hundred tokens, forty a second, as a language model does. */
async function* tokens(name: string, times: { lastMs: number; sentenceMs: number }) {
  for (let index = 0; index < 200; index += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    times.lastMs = performance.now();
    const isEnd = index % 12 === 11;
    // The sentence has ended when the next one begins.
    if (index === 12) times.sentenceMs = times.lastMs;
    yield index === 0 ? name : ` ${index % 12 ? 'word' : 'Word'}${isEnd ? '.' : ''}`;
  }
}

test.concurrent.each(vendorNames)('%s is heard while two hundred tokens are written, 40 a second', async (vendor) => {
  const times = { lastMs: 0, sentenceMs: 0 };
  const startedAtMs = performance.now();
  const speech = voiceOf(emulator, vendor).say(tokens(`${vendor} tokens`, times));
  const { firstMs, outcome } = await listen(speech);
  expect(outcome.verdict).toBe('completed');
  const sinceStart = (timeMs: number) => Math.round(timeMs - startedAtMs);
  console.info(
    `${vendor}: first sentence ${sinceStart(times.sentenceMs)} ms, first sound ${sinceStart(firstMs)} ms, last token ${sinceStart(times.lastMs)} ms`,
  );
  // How long after the sentence depends on the machine, and on the vendor's own time.
  expect(firstMs).toBeLessThan(times.lastMs - 500);
});

test.each(vendorNames)(
  '%s: a long text is one stream, and each character is asked for once',
  async (vendor) => {
    const since = fast.ledger.length;
    const text = textOf(`${vendor} whole`, lengths[vendor][0]);
    const { chunks, outcome } = await listen(voiceOf(fast, vendor).say(text, options[vendor]));
    expect(outcome).toMatchObject({
      verdict: 'completed',
      billed: 'yes',
      characters: { asked: text.length, accepted: text.length },
    });
    const pieces = outcome.pieces.map(({ start, end }) => text.slice(start, end));
    expect(asked(fast, since).toSorted()).toEqual(pieces.toSorted());
    expect(pieces.join('')).toBe(text);
    expectVoice(vendor, chunks, pieces);
  },
  120_000,
);

test.each(vendorNames)(
  '%s: no piece is longer than the relay lets through',
  async (vendor) => {
    const since = fast.ledger.length;
    const text = textOf(`${vendor} relayed`, lengths[vendor][1]);
    const speech = voiceOf(fast, vendor, { relay: `${relay.url}/speech` }).say(text);
    const { chunks, outcome } = await listen(speech);
    expect(outcome).toMatchObject({ verdict: 'completed' });
    const pieces = asked(fast, since);
    expect(pieces.join('')).toBe(text);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(120);
    expectVoice(vendor, chunks, pieces);
  },
  60_000,
);

test.each(['audixa', 'moknah'] as const)(
  '%s: who stops pays for what was heard, the look-ahead and at most one piece',
  async (vendor) => {
    const since = fast.ledger.length;
    const text = textOf(`${vendor} stopped`, 50_000);
    const speech = voiceOf(fast, vendor, { scenario: 'burst' }).say(text, { lookAheadMs: 4_000 });
    let samples = 0;
    for await (const chunk of speech) if ((samples += chunk.length) > 24_000 * 5) break;
    const outcome = await speech.outcome;
    expect(outcome).toMatchObject({ verdict: 'cancelled', billed: 'yes' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const spent = asked(fast, since);
    const longest = Math.max(...spent.map(({ length }) => length));
    const { asked: begun, accepted } = outcome.characters;
    expect(accepted).toBeGreaterThanOrEqual(spent.join('').length);
    expect(begun).toBeGreaterThanOrEqual(accepted);
    expect((spent.join('').length * 60) / 24_000).toBeLessThan(samples / 24_000 + 4 + (longest * 60) / 24_000 + 1);
    expect(text.endsWith(speech.rest)).toBe(true);
    expect(speech.rest.length).toBeGreaterThan(text.length - spent.join('').length - 1);
  },
  60_000,
);
