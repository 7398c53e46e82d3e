import { test as base } from '@playwright/test';
import { startEmulator, type Emulator } from '@saystream/emulator';

import type { DeliveryRow } from './delivery-rows.ts';
import { runDelivery, type Measurement, type RigPage } from './run-delivery.ts';
import { serveRig, type Rig } from './serve-rig.ts';

/** Longer than any delivery of the signal takes. */
const spareMs = 8_000;

/** The rig with everything a row needs. */
export interface RigBench {
  readonly rig: Rig;
  readonly emulator: Emulator;
}

/** Rig and emulator that deliver the same signal. */
export async function startRigBench(seconds: number, entry?: string): Promise<RigBench & { close(): Promise<void> }> {
  const rig = await serveRig({ seconds, ...(entry && { entry }) });
  const emulator = await startEmulator({ rate: 1.5, voice: () => rig.signal });
  return {
    rig,
    emulator,
    close: async () => {
      await emulator.close();
      await rig.close();
    },
  };
}

/** Runs one row once. Every run has a page of its own. */
export async function runRow(
  page: RigPage,
  { rig, emulator }: RigBench,
  row: DeliveryRow,
  { seed, player = 'saystream' }: { seed: number; player?: string },
): Promise<Measurement> {
  const { throughClient = false, delivery, actions = [], options = {} } = row;
  const { baseUrl, apiKey } = emulator.audixa;
  const origin = throughClient
    ? { vendor: { baseUrl, apiKey, text: 'The signal.' } }
    : { deliveryUrl: rig.deliveryUrl, delivery };
  const limitMs = (rig.signal.length / 24_000) * 1000 + spareMs;
  return runDelivery(
    page,
    { player, options, seed, actions, limitMs, ...origin },
    { signal: rig.signal, firstFrameAtMs: () => emulator.ledger.at(-1)?.firstFrameAtMs },
  );
}

const seconds = Number(process.env['SAYSTREAM_RIG_SECONDS'] ?? 4);

/** Playwright's `test` with a page of the rig, ready to be called. Sound needs no gesture here. */
export const test = base.extend<{ rigPage: RigPage }, { bench: RigBench }>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--autoplay-policy=no-user-gesture-required'] });
    },
    { scope: 'worker' },
  ],
  bench: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const bench = await startRigBench(seconds);
      await use(bench);
      await bench.close();
    },
    { scope: 'worker' },
  ],
  rigPage: async ({ page, bench }, use) => {
    await use({
      rig: async (request) => {
        await page.goto(bench.rig.url);
        await page.waitForFunction('globalThis.rig');
        return page.evaluate((text) => (globalThis as never as { rig(text: string): Promise<string> }).rig(text), request);
      },
    });
  },
});

export { expect } from '@playwright/test';
