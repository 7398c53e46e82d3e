import { afterAll, beforeAll, expect, test } from 'vitest';

import { startEmulator, type Emulator } from '../index.ts';
import { beginMinute } from '../../tests/read-answer.ts';
import { synthesise, vendors, type Vendor } from '../../tests/vendor-calls.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: Infinity });
});
afterAll(() => emulator.close());

/** What became of so many calls, in words. */
async function drawn(on: Emulator, vendor: Vendor, seed: number, calls: number): Promise<string[]> {
  const fates: string[] = [];
  for (let i = 0; i < calls; i += 1) {
    // SAUTI has room for ten in a minute.
    if (i % 10 === 0) beginMinute(on);
    const before = on.ledger.length;
    const { status, end, body, headers } = await synthesise(on, vendor, `chaos-${seed}~moknah-latency-0`);
    const isWhole = headers['content-length'] === undefined || body.length === Number(headers['content-length']);
    fates.push(`${status ?? end}${isWhole ? '' : ' cut'}, accepted ${on.ledger.length - before}`);
  }
  return fates;
}

test.each(vendors)(
  'chaos: %s goes well about half of the time, and wrong in many ways, before and after it has accepted',
  async (vendor) => {
    const fates = await drawn(emulator, vendor, 7, 100);
    const well = fates.filter((fate) => fate === '200, accepted 1').length;
    expect(well).toBeGreaterThan(35);
    // Bodies that are garbled look well from outside.
    expect(well).toBeLessThan(80);
    expect(new Set(fates)).toContain('429, accepted 0');
    expect([...new Set(fates)].filter((fate) => fate.endsWith('accepted 1')).length).toBeGreaterThan(3);
  },
);

test('the same seed misbehaves in the same way, another one in another', async () => {
  const again = await startEmulator({ rate: Infinity });
  const first = await drawn(emulator, 'audixa', 21, 30);
  expect(await drawn(again, 'audixa', 21, 30)).toEqual(first);
  expect(await drawn(again, 'audixa', 22, 30)).not.toEqual(first);
  await again.close();
});
