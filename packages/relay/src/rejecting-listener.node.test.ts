import { afterEach, expect, test } from 'vitest';

import { createRelay } from './create-relay.ts';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
afterEach(() => process.off('unhandledRejection', note));

test('an onEvent that rejects or throws changes no answer and is no unhandled rejection', async () => {
  process.on('unhandledRejection', note);
  let told = 0;
  const listeners = [
    async () => {
      told += 1;
      throw new Error('the log is full');
    },
    () => {
      told += 1;
      throw new Error('the log is gone');
    },
  ];
  for (const onEvent of listeners) {
    const relay = createRelay({
      vendors: { audixa: { apiKey: 'k', baseUrl: 'http://127.0.0.1:1' } },
      origins: ['https://app.example'],
      authorize: () => null,
      onEvent,
    });
    const request = new Request('https://app.example/speech/token', {
      method: 'POST',
      headers: { origin: 'https://app.example', 'content-type': 'application/json' },
      body: '{"vendor":"audixa"}',
    });
    expect((await relay.fetch(request)).status).toBe(401);
    await relay.close();
  }
  // Node tells of unhandled rejections once the microtasks are done.
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(told).toBeGreaterThanOrEqual(2);
  expect(unhandled).toEqual([]);
});
