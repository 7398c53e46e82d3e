import { startEmulator } from '@saystream/emulator';
import { expect, test } from 'vitest';

import { runChaosTrial } from './chaos-trial.ts';
import { trialCalls, trialSeed } from './trial-settings.ts';
import { trialVendors } from './trial-vendors.ts';
import { trialVoice } from './trial-voice.ts';

// Whatever goes wrong before, during and after a request and its answer. `pnpm trials` makes ten times as many calls.
test.each(trialVendors)(
  '$name: a thousand calls through chaos all end, none throws a stranger, and none is paid for twice',
  async (vendor) => {
    const emulator = await startEmulator({ voice: trialVoice, rate: Infinity });
    try {
      const { problems, ...figures } = await runChaosTrial(emulator, vendor, { calls: trialCalls, seed: trialSeed });
      if (process.env['SAYSTREAM_TRIALS']) console.info(vendor.name, JSON.stringify(figures, undefined, 1));
      expect(problems).toEqual([]);
      expect(figures.accepted).toBeLessThanOrEqual(trialCalls);
      // It is a trial only if much goes well and much does not.
      expect(figures.outcomes['resolved']).toBeGreaterThan(trialCalls / 3);
      expect(figures.outcomes['resolved']).toBeLessThan(trialCalls * 0.9);
    } finally {
      await emulator.close();
    }
  },
  600_000,
);
