import { expect, test } from '@playwright/test';

import { deliveries, leastStartMs, planDelivery, type DeliveryName } from './delivery-plans.ts';
import { signalRate } from './known-signal.ts';

const bytes = 6 * signalRate * 4;

for (const name of Object.keys(deliveries) as DeliveryName[]) {
  test(`${name}: every byte is sent once and in order, the same for the same seed`, () => {
    const plan = planDelivery(deliveries[name], bytes, 7);
    expect(plan).toEqual(planDelivery(deliveries[name], bytes, 7));
    expect(plan[0]).toMatchObject({ atMs: 0, from: 0 });
    expect(plan.at(-1)?.to).toBe(bytes);
    for (const [index, { atMs, from, to }] of plan.entries()) {
      expect(to).toBeGreaterThan(from);
      if (index === 0) continue;
      expect(from).toBe(plan[index - 1]?.to);
      expect(atMs).toBeGreaterThanOrEqual(plan[index - 1]?.atMs ?? 0);
    }
  });
}

test('what comes at once, or at a steady pace, may be played at once', () => {
  expect(leastStartMs(planDelivery(deliveries.burst, bytes, 1))).toBe(0);
  expect(leastStartMs(planDelivery(deliveries.rt40, bytes, 1))).toBeCloseTo(0, 6);
  expect(leastStartMs(planDelivery(deliveries.odd, bytes, 1))).toBe(0);
});

test('late frames cannot be played at once', () => {
  expect(leastStartMs(planDelivery(deliveries.jit12, bytes, 1))).toBeGreaterThan(20);
});
