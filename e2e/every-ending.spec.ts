import { createAudixa } from '@saystream/audixa';
import type { Page } from '@playwright/test';

import { expect, test } from './emulated-page.ts';

const timeouts = { connectMs: 2_000, firstAudioMs: 1_500, stallMs: 1_500 };

/** Scenario → verdict and kind: in Node, dialled directly, and in a page, through a relay. */
const endings: readonly (readonly [scenario: string, verdict: string, kind: string])[] = [
  ['close-1003', 'failed', 'invalid-request'],
  ['close-1008', 'failed', 'unauthorized'],
  ['close-1011', 'failed', 'vendor-fault'],
  ['close-1003~mute', 'failed', 'invalid-request'],
  ['close-1008~mute', 'failed', 'unauthorized'],
  ['close-1011~mute', 'failed', 'vendor-fault'],
  ['early-1000~lost', 'truncated', 'truncated'],
  ['close-1000~mute', 'failed', 'truncated'],
  ['close-1011-midway~lost', 'truncated', 'vendor-fault'],
  ['error-only', 'failed', 'vendor-fault'],
  ['close-1005~mute', 'failed', 'truncated'],
  ['drop', 'failed', 'connection-lost'],
  ['drop-midway~lost', 'truncated', 'connection-lost'],
  ['silent', 'failed', 'timeout'],
  ['stall-midway~lost', 'truncated', 'timeout'],
  ['handshake-stall', 'failed', 'timeout'],
  ['http-401', 'failed', 'unauthorized'],
  ['http-403', 'failed', 'forbidden'],
  ['wrong-key-at-handshake', 'failed', 'forbidden'],
];

/**
 * Where the page knows less than Node. The page's own time limit passes after its request went to the relay and before the
 * relay says `ready`: the page cannot tell whether the vendor has the request.
 */
const unknownInPage = new Set(['handshake-stall']);

async function inPage(page: Page, site: string, relay: string) {
  await page.goto(`${site}/script-tag.html`);
  return page.evaluate(
    async ({ relay, limits }) => {
      const { createAudixa } = (globalThis as never as { saystream: typeof import('saystream') }).saystream;
      const stream = createAudixa({ relay, timeouts: limits }).stream({
        text: 'Every way to end has a name.',
        voiceId: 'am_ethan',
      });
      let thrown: unknown;
      try {
        for await (const _samples of stream);
      } catch (error) {
        thrown = error;
      }
      const { verdict, error } = await stream.outcome;
      return { verdict, kind: error?.kind, billed: error?.billed, retryable: error?.retryable, same: thrown === error };
    },
    { relay, limits: timeouts },
  );
}

for (const [scenario, verdict, kind] of endings) {
  test(`${scenario} ends as ${verdict}, ${kind}, in Node and through a relay in Chromium`, async ({
    page,
    site,
    relays,
    emulator,
  }) => {
    const { baseUrl } = emulator.audixa;
    const stream = createAudixa({ baseUrl, apiKey: emulator.scenario(scenario), timeouts }).stream({
      text: 'Every way to end has a name.',
      voiceId: 'am_ethan',
    });
    const { verdict: ended, error } = await stream.outcome;
    expect({ ended, kind: error?.kind }).toEqual({ ended: verdict, kind });

    const { retryable } = error!;
    const billed = unknownInPage.has(scenario) ? 'unknown' : error!.billed;
    expect(await inPage(page, site, relays.open(scenario))).toEqual({ verdict, kind, billed, retryable, same: true });
  });
}
