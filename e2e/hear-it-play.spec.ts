import { toneVoice } from '@saystream/emulator';
import type { Page } from '@playwright/test';

import { firstDifference, prepareTap, readCapture } from './capture-output.ts';
import { expect, test } from './emulated-page.ts';
import type { TestRelays } from './serve-relays.ts';

const text = 'Speech that is heard while it is still being made.';

interface Report {
  readonly verdict: string;
  readonly underruns: number;
  readonly timeToSoundMs?: number;
  readonly heardMs: number;
}

interface Utterance {
  readonly scenario?: string;
  readonly said?: string;
  readonly prebufferMs?: number;
}

/** Speaks in the page by the script tag's global, with the output recorded. */
async function speak(
  page: Page,
  site: string,
  relays: TestRelays,
  { scenario, said = text, prebufferMs = 100 }: Utterance = {},
): Promise<Report> {
  await prepareTap(page);
  await page.goto(`${site}/script-tag.html`);
  await page.evaluate(
    (it) => {
      const { createAudixa, createPlayer } = (globalThis as never as { saystream: typeof import('saystream') }).saystream;
      const scope = globalThis as unknown as { tap(player: unknown): Promise<void>; report: Promise<unknown> };
      const voice = createAudixa({ relay: it.relay }).voice('am_ethan');
      const player = createPlayer({ prebufferMs: it.prebufferMs });
      scope.report = new Promise((resolve) => {
        document.querySelector('#speak')?.addEventListener('click', () => {
          void (async () => {
            await player.unlock();
            await scope.tap(player);
            resolve(await player.play(voice.say(it.said)).done);
          })();
        });
      });
    },
    { relay: relays.open(scenario), said, prebufferMs },
  );
  await page.click('#speak');
  return page.evaluate(() => (globalThis as unknown as { report: Promise<Report> }).report);
}

test('sound starts while the vendor is still sending', async ({ page, site, relays, emulator }) => {
  const report = await speak(page, site, relays);
  const { firstSoundAtMs } = await readCapture(page);
  const generation = emulator.ledger.at(-1);
  expect(report.verdict).toBe('completed');
  expect(firstSoundAtMs).toBeGreaterThan(generation?.firstFrameAtMs ?? Infinity);
  expect(firstSoundAtMs).toBeLessThan(generation?.lastFrameAtMs ?? 0);
});

for (const scenario of ['frames-1023', 'frames-4096', 'frames-10001', 'frames-65536~burst', 'frames-random']) {
  test(`what is heard is what was spoken, sample by sample: ${scenario}`, async ({ page, site, relays }) => {
    const report = await speak(page, site, relays, { scenario });
    const { samples } = await readCapture(page);
    expect(report).toMatchObject({ verdict: 'completed', underruns: 0 });
    expect(samples.length).toBe(toneVoice(text).length);
    expect(firstDifference(samples, toneVoice(text))).toBe(-1);
  });
}

// A page takes in some ten thousand messages a second; real time at one byte each would be 96,000. So these are gathered
// first: what is proved is that no byte is lost on the way.
for (const scenario of ['frames-1~burst', 'frames-2~burst', 'frames-3~burst', 'frames-5~burst']) {
  test(`what is heard is what was spoken, sample by sample: ${scenario}, gathered before it is played`, async ({
    page,
    site,
    relays,
  }) => {
    const said = 'Tiny frames.';
    const report = await speak(page, site, relays, { scenario, said, prebufferMs: 60_000 });
    const { samples } = await readCapture(page);
    expect(report).toMatchObject({ verdict: 'completed', underruns: 0 });
    expect(samples.length).toBe(toneVoice(said).length);
    expect(firstDifference(samples, toneVoice(said))).toBe(-1);
  });
}

test('a stream that breaks off is heard to its last sample, and the report says truncated', async ({ page, site, relays }) => {
  const report = await speak(page, site, relays, { scenario: 'drop-midway~lost' });
  const { samples } = await readCapture(page);
  expect(report.verdict).toBe('truncated');
  expect(samples.length).toBeGreaterThan(0);
  expect(firstDifference(samples, toneVoice(text).slice(0, samples.length))).toBe(-1);
  expect(report.heardMs).toBeCloseTo((samples.length / 24_000) * 1_000, 0);
});

test('a stream that breaks off is completed from the file, and the listener hears no gap', async ({ page, site, relays }) => {
  // Long enough that the audio in hand outlasts the recovery, which polls once a second.
  const said = `${text} ${text} ${text}`;
  const report = await speak(page, site, relays, { scenario: 'drop-midway~pace-3', said });
  const { samples } = await readCapture(page);
  expect(report).toMatchObject({ verdict: 'completed', underruns: 0 });
  expect(samples.length).toBe(toneVoice(said).length);
});
