import { expect, test } from 'vitest';

import { closeOfHandshake, closeOfMistake, closeOfRefusal, cutReason, ownCloses } from './close-codes.ts';

const bytes = (text: string) => new TextEncoder().encode(text).length;

test.each([
  [400, 4400],
  [401, 4401],
  [402, 4402],
  [403, 4403],
  [404, 4404],
  [408, 4503],
  [429, 4429],
  [500, 4502],
  [502, 4503],
  [503, 4503],
  [504, 4503],
  [520, 4520],
  [200, 4502],
  [301, 4502],
  [0, 4502],
])('a vendor’s handshake that says %i closes with %i', (status, code) => {
  expect(closeOfHandshake(status, undefined).code).toBe(code);
});

test('a wait is said in whole seconds, never less than one', () => {
  expect(closeOfHandshake(429, 1_200).reason).toBe('{"r":2}');
  const refusal = { status: 429, code: 'too_many_streams', detail: 'x' };
  expect(closeOfRefusal({ ...refusal, retryAfterMs: 3 })).toEqual({ code: 4429, reason: '{"r":1}' });
});

test('a refusal says its code and its field', () => {
  const refusal = { status: 400, code: 'bad_request', detail: 'x', errors: [{ field: 'speed', message: 'Too fast.' }] };
  expect(closeOfRefusal(refusal)).toEqual({ code: 4400, reason: 'bad_request: speed: Too fast.' });
});

test('a used token closes with 4409, others with 4401, and the reason begins with the code', () => {
  expect(closeOfRefusal({ status: 401, code: 'token_used', detail: 'Used.' })).toEqual({
    code: 4409,
    reason: 'token_used: Used.',
  });
  expect(closeOfRefusal({ status: 401, code: 'token_expired', detail: 'Old.' }).reason).toMatch(/^token_expired/);
});

test.each(['x'.repeat(500), 'é'.repeat(200), '😀'.repeat(60), 'ab' + '€'.repeat(100)])(
  'a reason is cut to 123 bytes, and no character in halves',
  (long) => {
    const cut = cutReason(long);
    expect(bytes(cut)).toBeLessThanOrEqual(123);
    expect(bytes(cut)).toBeGreaterThan(118);
    expect(long.startsWith(cut)).toBe(true);
  },
);

test('every close of the relay’s own can be sent', () => {
  for (const { code, reason } of Object.values(ownCloses)) {
    expect(code).toBeGreaterThanOrEqual(4400);
    expect(code).toBeLessThan(4600);
    expect(bytes(reason)).toBeLessThanOrEqual(123);
  }
});

test('frames that cannot be read are told apart', () => {
  expect(closeOfMistake('WS_ERR_UNSUPPORTED_MESSAGE_LENGTH').code).toBe(4413);
  expect(closeOfMistake('WS_ERR_UNEXPECTED_RSV_1').code).toBe(4415);
  expect(closeOfMistake('WS_ERR_INVALID_UTF8').code).toBe(4400);
  expect(closeOfMistake(undefined).code).toBe(4400);
});
