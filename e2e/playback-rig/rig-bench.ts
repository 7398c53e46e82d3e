import { startEmulator, type Emulator } from '@saystream/emulator';

import type { DeliveryRow } from './delivery-rows.ts';
import { runDelivery, type Measurement, type RigPage } from './run-delivery.ts';
import { serveRig, type Rig, type RigOptions } from './serve-rig.ts';

/** Longer than any delivery of the signal takes. */
const spareMs = 8_000;

/** The rig with everything a row needs. */
export interface RigBench {
  readonly rig: Rig;
  readonly emulator: Emulator;
}

/** Rig and emulator that deliver the same signal. */
export async function startRigBench(options: RigOptions): Promise<RigBench & { close(): Promise<void> }> {
  const rig = await serveRig(options);
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
