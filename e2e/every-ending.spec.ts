import { createAudixa } from '@saystream/audixa';
import type { Page } from '@playwright/test';

import { expect, test } from './emulated-page.ts';

const timeouts = { connectMs: 2_000, firstAudioMs: 1_500, stallMs: 1_500 };

/** Scenario → verdict and kind, in Node; `browser` where a page is shown less. */
const endings: readonly (readonly [scenario: string, verdict: string, kind: string, browser?: string])[] = [
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
  ['http-401', 'failed', 'unauthorized', 'unreachable'],
  ['http-403', 'failed', 'forbidden', 'unreachable'],
  ['wrong-key-at-handshake', 'failed', 'forbidden', 'unreachable'],
];

async function inPage(page: Page, site: string, options: { baseUrl: string; apiKey: string }) {
  await page.goto(`${site}/script-tag.html`);
  return page.evaluate(
    async ({ baseUrl, apiKey, limits }) => {
      const { createAudixa } = (globalThis as never as { saystream: typeof import('saystream') }).saystream;
      const stream = createAudixa({ baseUrl, apiKey, dangerouslyAllowBrowser: true, timeouts: limits }).stream({
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
      return { verdict, kind: error?.kind, advice: error?.advice ?? '', same: thrown === error };
    },
    { ...options, limits: timeouts },
  );
}

for (const [scenario, verdict, kind, browser = kind] of endings) {
  test(`${scenario} ends as ${verdict}, ${kind}, in Node`, async ({ emulator }) => {
    const { baseUrl } = emulator.audixa;
    const stream = createAudixa({ baseUrl, apiKey: emulator.scenario(scenario), timeouts }).stream({
      text: 'Every way to end has a name.',
      voiceId: 'am_ethan',
    });
    const { verdict: ended, error } = await stream.outcome;
    expect({ ended, kind: error?.kind }).toEqual({ ended: verdict, kind });
  });

  test(`${scenario} ends as ${verdict}, ${browser}, in Chromium`, async ({ page, site, emulator }) => {
    const { baseUrl } = emulator.audixa;
    const ending = await inPage(page, site, { baseUrl, apiKey: emulator.scenario(scenario) });
    expect(ending).toMatchObject({ verdict, kind: browser, same: true });
    if (browser === 'unreachable') expect(ending.advice).toMatch(/browser/i);
  });
}
