import { startEmulator } from '@saystream/emulator';
import { expect, test } from 'vitest';

import { runStreamTrial } from './stream-trial.ts';
import { trialCalls, trialSeed } from './trial-settings.ts';
import { trialVoice } from './trial-voice.ts';

test('a thousand streams through broken sockets all end, give nothing but the voice, and are paid for once at most', async () => {
  const emulator = await startEmulator({ voice: trialVoice, rate: Infinity });
  try {
    const { problems, ...figures } = await runStreamTrial(emulator, { calls: trialCalls, seed: trialSeed });
    if (process.env['SAYSTREAM_TRIALS']) console.info('streams', JSON.stringify(figures, undefined, 1));
    expect(problems).toEqual([]);
    // It is a trial only if much goes well and much does not.
    expect(figures.outcomes['completed']).toBeGreaterThan(trialCalls / 10);
    expect(figures.outcomes['completed']).toBeLessThan(trialCalls * 0.9);
    expect(figures.recovered).toBeGreaterThan(trialCalls / 50);
  } finally {
    await emulator.close();
  }
}, 600_000);
