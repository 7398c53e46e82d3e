import { startEmulator, type Emulator } from '@saystream/emulator';
import { createSauti, type ClientEvent, type SautiClient } from 'saystream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { trialVoice } from './trial-voice.ts';

// The vendor allows ten syntheses in any minute. Time is false here, for the client and for the emulator alike, and only
// goes on while no request is under way; the requests themselves are real.
const voiceId = 'sauti-swahili-v1';
const stepMs = 250;
/** Turns of the event loop in which an answer is read. */
const quietTurns = 25;

let emulator: Emulator;
let underWay = 0;
let statuses: number[] = [];
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const watched: typeof fetch = async (input, init) => {
  underWay += 1;
  try {
    const response = await fetch(input, init);
    statuses.push(response.status);
    return response;
  } finally {
    underWay -= 1;
  }
};

function client(key: string, events: ClientEvent[] = []): SautiClient {
  const apiKey = emulator.scenario(`run-${key}`);
  const onEvent = (event: ClientEvent) => void events.push(event);
  return createSauti({ baseUrl: emulator.sauti.baseUrl, apiKey, fetch: watched, onEvent });
}

/** Lets so much time pass. */
async function pass(forMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < forMs; passedMs += stepMs) {
    for (let quiet = 0; quiet < quietTurns; quiet = underWay > 0 ? 0 : quiet + 1) await turn();
    vi.advanceTimersByTime(stepMs);
  }
}

/** Speaks `count` texts, `gapMs` after one another, until all have ended; tells how long it took in seconds. */
async function speak(sauti: SautiClient, count: number, gapMs: number): Promise<number> {
  const sinceMs = Date.now();
  const files: Promise<unknown>[] = [];
  let done = 0;
  for (let at = 0; at < count; at += 1) {
    files.push(sauti.generate({ text: `Moja ${at}`, voiceId }).finally(() => (done += 1)));
    if (gapMs > 0) await pass(gapMs);
  }
  const all = Promise.all(files);
  all.catch(() => undefined);
  for (let steps = 0; done < count && steps < 2_000; steps += 1) await pass(stepMs);
  await all;
  return (Date.now() - sinceMs) / 1_000;
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  statuses = [];
  emulator = await startEmulator({ voice: trialVoice, rate: Infinity });
});
afterEach(async () => {
  vi.useRealTimers();
  await emulator.close();
});

test('thirty calls at once finish in little more than two minutes, without one 429', async () => {
  const events: ClientEvent[] = [];
  expect(await speak(client('burst', events), 30, 0)).toBeLessThan(130);
  expect(statuses).toEqual(Array.from({ length: 30 }, () => 200));
  expect(emulator.ledger).toHaveLength(30);
  expect(events.filter(({ type }) => type === 'held')).toHaveLength(20);
});

test('thirty calls within a minute finish without one 429', async () => {
  expect(await speak(client('even'), 30, 2_000)).toBeLessThan(145);
  expect(statuses).toEqual(Array.from({ length: 30 }, () => 200));
});

test.each([1, 4, 7, 9, 10])(
  'thirty calls of a fresh client finish without one 429 when somebody else has sent %d with the same key',
  async (used) => {
    await speak(client('shared'), used, 3_000);
    statuses = [];
    // It learns of the others with its first answer, so the calls begin one after the other.
    expect(await speak(client('shared'), 30, 2_000)).toBeLessThan(200);
    expect(statuses.filter((status) => status === 429)).toHaveLength(used === 10 ? 1 : 0);
    expect(emulator.ledger).toHaveLength(used + 30);
  },
);

test('two clients that share a key all the time may be refused, and nothing is paid for what was', async () => {
  const ended = await Promise.allSettled([client('both'), client('both')].map((sauti) => speak(sauti, 15, 2_000)));
  for (const each of ended) {
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ kind: 'rate-limited', billed: 'no' });
  }
  expect(emulator.ledger).toHaveLength(statuses.filter((status) => status === 200).length);
  expect(emulator.ledger.length).toBeGreaterThan(20);
});
