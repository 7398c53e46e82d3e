import type { CDPSession, Page } from '@playwright/test';
import type * as Saystream from 'saystream';

import { expect, test } from './emulated-page.ts';

declare const saystream: typeof Saystream & { defineSayStream(): Promise<void> };

const counted = ['AudioContext', 'AudioWorkletNode', 'MessagePort', 'Worker', 'WebSocket', 'AnalyserNode', 'ShadowRoot'] as const;

/** What the tools have looked at they keep, until they are told to let it go. */
const objectGroup = 'counted';

/** How many objects of each class are alive after a garbage collection, and how much memory the page's script holds. */
async function aliveIn(page: Page, devtools: CDPSession) {
  const alive: Record<string, number> = {};
  await page.waitForTimeout(500);
  for (let turn = 0; turn < 3; turn++) await devtools.send('HeapProfiler.collectGarbage');
  for (const name of counted) {
    const { result } = await devtools.send('Runtime.evaluate', { expression: `${name}.prototype`, objectGroup });
    const { objects } = await devtools.send('Runtime.queryObjects', { prototypeObjectId: result.objectId!, objectGroup });
    const { result: length } = await devtools.send('Runtime.callFunctionOn', {
      objectId: objects.objectId!,
      functionDeclaration: 'function () { return this.length; }',
      returnByValue: true,
    });
    alive[name] = length.value as number;
  }
  await devtools.send('Runtime.releaseObjectGroup', { objectGroup });
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return { alive, usedMiB: usedSize / 2 ** 20 };
}

/** Plays of every kind: to the end, stopped, sought, queued, replaced, failed; every 25th is a stream through a worker's socket. */
const playMany = (page: Page, relay: string, plays: number): Promise<Record<string, number>> =>
  page.evaluate(
    async ([address, count]) => {
      const verdicts: Record<string, number> = {};
      const source = (samples: number, error?: Error) => ({
        format: { sampleRate: 24_000 },
        async *[Symbol.asyncIterator]() {
          yield new Float32Array(samples).fill(0.1);
          if (error) throw error;
        },
      });
      const player = saystream.createPlayer();
      const audixa = saystream.createAudixa({ relay: address });
      const kinds = [
        () => player.play(source(240)),
        () => player.play(source(240), { enqueue: true }),
        () => player.play(source(480, new Error('cut'))),
        () => player.play(source(0, new Error('nothing'))),
        () => {
          const playback = player.play(source(24_000));
          playback.addEventListener('statechange', () => playback.state === 'playing' && setTimeout(() => playback.stop(), 5));
          return playback;
        },
        () => {
          const playback = player.play(source(24_000));
          playback.addEventListener('statechange', () => playback.state === 'playing' && playback.seek(0.99));
          return playback;
        },
        () => {
          const queued = player.play(source(24_000), { enqueue: true });
          queued.stop();
          return queued;
        },
      ];
      for (let play = 1; play <= count; play++) {
        const playback = play % 25 === 0 ? player.play(audixa.stream({ text: 'Hi.', voiceId: 'am_ethan' })) : kinds[play % 7]!();
        // One in nine is replaced by the next while it plays.
        if (play % 9 === 0) continue;
        const { verdict } = await playback.done;
        verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
      }
      await player.close();
      return verdicts;
    },
    [relay, plays] as const,
  );

test('five hundred plays leave no context, node, port, worker, socket or memory behind', async ({ page, site, relays }) => {
  test.setTimeout(120_000);
  await page.goto(`${site}/script-tag.html`);
  const devtools = await page.context().newCDPSession(page);
  const relay = relays.open('burst');
  await playMany(page, relay, 50); // what is made once is made
  const before = await aliveIn(page, devtools);
  const verdicts = await playMany(page, relay, 500);
  const after = await aliveIn(page, devtools);
  expect(Object.keys(verdicts).toSorted()).toEqual(['cancelled', 'completed', 'failed', 'truncated']);
  expect(Object.values(verdicts).reduce((sum, count) => sum + count)).toBe(500 - 55);
  expect(after.alive).toEqual(before.alive);
  expect(after.usedMiB - before.usedMiB).toBeLessThan(1);
});

/** Elements that are made, speak and are taken away: before there is sound, in the middle of it, or after its end. */
const speakMany = (page: Page, relay: string, count: number): Promise<Record<string, number>> =>
  page.evaluate(
    async ([address, times]) => {
      const verdicts: Record<string, number> = {};
      for (let at = 0; at < times; at++) {
        const element = document.createElement('say-stream');
        for (const [name, value] of Object.entries({ relay: address, voice: 'am_ethan' })) element.setAttribute(name, value);
        element.textContent = 'Hi.';
        document.body.append(element);
        const plays = new Promise<void>((resolve) => {
          element.addEventListener('statechange', () => element.state === 'playing' && resolve());
        });
        const done = element.play();
        if (at % 3 === 1) await plays;
        if (at % 3 === 2) await done;
        element.remove();
        const { verdict } = await done;
        verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
      }
      return verdicts;
    },
    [relay, count] as const,
  );

test('forty-five elements that spoke and were taken away leave nothing either', async ({ page, site, relays }) => {
  test.setTimeout(120_000);
  await page.goto(`${site}/script-tag.html`);
  await page.evaluate(() => saystream.defineSayStream());
  const devtools = await page.context().newCDPSession(page);
  const relay = relays.open('burst');
  await speakMany(page, relay, 9);
  await page.waitForTimeout(4000);
  const before = await aliveIn(page, devtools);
  expect(await speakMany(page, relay, 45)).toEqual({ cancelled: 30, completed: 15 });
  // The answer to a socket's close is waited for, for three seconds: until then that socket is kept.
  await expect.poll(async () => (await aliveIn(page, devtools)).alive, { timeout: 20_000 }).toEqual(before.alive);
  expect((await aliveIn(page, devtools)).usedMiB - before.usedMiB).toBeLessThan(1);
});
