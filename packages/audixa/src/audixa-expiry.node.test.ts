import { startEmulator } from '@saystream/emulator';
import { expect, test } from 'vitest';

import { createAudixa } from './index.ts';

const hourMs = 3_600_000;

// An emulator of its own, because its clock is moved.
test('ids that expire are not-found a day later, and files are gone after seven', async () => {
  const emulator = await startEmulator({ port: 0, rate: Infinity });
  try {
    const ask = (apiKey: string) => createAudixa({ baseUrl: emulator.audixa.baseUrl, apiKey });
    const [expiring, lasting] = [ask('emulated-burst~ids-expire'), ask('emulated-burst')];
    const request = { text: 'Kept for a while.', voiceId: 'am_ethan' };
    const [gone, kept] = await Promise.all([expiring.submit(request), lasting.submit(request)]);
    emulator.clock.advance(25 * hourMs);
    await expect(expiring.generation(gone.generationId)).rejects.toMatchObject({ kind: 'not-found', status: 404 });
    const { audioUrl = '' } = await lasting.generation(kept.generationId);
    expect((await fetch(audioUrl)).status).toBe(200);
    emulator.clock.advance(7 * 24 * hourMs);
    expect((await fetch(audioUrl)).ok).toBe(false);
  } finally {
    await emulator.close();
  }
});
