import { expect, inject, test } from 'vitest';

import { documentedFacts } from '../../packages/errors/src/golden/documented-facts.ts';
import { downloadCall, paidCalls, seedErrors, type SeedError } from './seed-errors.ts';

// Each answer that the vendors' error pages print, said by the emulator over real HTTP, in Node and in a page, where CORS
// may hide some of it or all.
const { url } = inject('emulator');
const inPage = typeof document !== 'undefined';
let runs = 0;

/** A key of its own; Moknah's samples come without `success`. */
function keyOf({ scenario }: SeedError, more: string): string {
  runs += 1;
  const run = `run-seed${runs}${Math.random().toString(36).slice(2)}`;
  return `emulated-${run}~moknah-no-success~${scenario}${more}`;
}

async function errorOf(seed: SeedError, more: string): Promise<unknown> {
  const call = seed.free ? downloadCall : paidCalls[seed.vendor];
  const options = { baseUrl: url, dangerouslyAllowBrowser: true, onEvent: () => undefined } as const;
  return call({ ...options, apiKey: keyOf(seed, more), retry: { tries: 1, maxDelayMs: 1 } }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
}

const printed = (['audixa', 'sauti', 'moknah'] as const).flatMap((vendor) =>
  documentedFacts[vendor].examples.map(([status, body], at) => {
    const seed = seedErrors.filter((each) => each.vendor === vendor)[at];
    return { vendor, status, body, seed: seed ?? seedErrors[0]!, title: `${vendor}’s ${status} (${seed?.scenario})` };
  }),
);

/** How each vendor is asked for what its example answers. */
const addresses = {
  audixa: { path: '/v3/tts', header: (key: string) => ({ 'x-api-key': key }) },
  sauti: { path: '/v1/text-to-speech/sauti-swahili-v1', header: (key: string) => ({ 'xi-api-key': key }) },
  moknah: { path: '/api/v1/tts/generate/', header: (key: string) => ({ authorization: `Bearer ${key}` }) },
};

test('every printed example has its row', () => {
  expect(seedErrors.map(({ vendor, facts }) => [vendor, facts.status])).toEqual(
    printed.map(({ vendor, status }) => [vendor, status]),
  );
});

test.each(printed)('$title is said word for word', async ({ vendor, seed, status, body }) => {
  const { path, header } = addresses[vendor];
  const init = { headers: { ...header(keyOf(seed, '')), 'content-type': 'application/json' } };
  const response = seed.free
    ? await fetch(`${url}/v1/tts/jobs/job_abc123/audio`, init)
    : await fetch(`${url}${path}`, { ...init, method: 'POST', body: '{}' });
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual(body);
});

test.each(printed)('$title is understood, whatever CORS lets through of it', async ({ seed }) => {
  const { facts, bodyWaitMs, free } = seed;
  const waits = facts.kind === 'rate-limited';
  const heard = { ...facts, ...(waits && { retryAfterMs: 7_000 }) };
  expect(await errorOf(seed, '~retry-after-7')).toMatchObject(heard);
  expect(await errorOf(seed, '~no-retry-after~no-rate-headers')).toMatchObject({
    ...facts,
    ...(bodyWaitMs && { retryAfterMs: bodyWaitMs }),
  });

  const hidden = await errorOf(seed, '~retry-after-7~cors-hidden-headers');
  expect(hidden).toMatchObject(inPage ? facts : heard);
  if (inPage && waits) expect((hidden as { retryAfterMs?: number }).retryAfterMs).toBe(bodyWaitMs);

  // A page learns nothing at all: neither why, nor whether it was accepted.
  const blocked = inPage ? { kind: 'unreachable', billed: free ? 'no' : 'unknown' } : heard;
  for (const scenario of ['cors-off', 'cors-missing-on-errors']) {
    const error = await errorOf(seed, `~retry-after-7~${scenario}`);
    expect(error).toMatchObject(blocked);
    expect('status' in (error as object)).toBe(!inPage);
  }
});

test('the pattern of Moknah’s page, which is no JSON, is understood', async () => {
  const seed: SeedError = { vendor: 'moknah', scenario: 'error-body-moknah-format', facts: { kind: 'invalid-request' } };
  expect(await errorOf(seed, '')).toMatchObject({
    kind: 'invalid-request',
    status: 400,
    code: 'ERROR_CODE',
    message: expect.stringContaining('Human-readable error description'),
  });
});

test('the pattern of Audixa’s page is understood', async () => {
  const seed: SeedError = { vendor: 'audixa', scenario: 'error-body-audixa-format', facts: { kind: 'invalid-request' } };
  expect(await errorOf(seed, '')).toMatchObject({
    kind: 'invalid-request',
    status: 400,
    message: expect.stringContaining('Human-readable error message'),
  });
});
