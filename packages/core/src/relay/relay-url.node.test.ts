import { isSpeechError } from '@saystream/errors';
import { expect, test } from 'vitest';

import { relayUrl } from './relay-url.ts';

test('a relative address constructs without a page, and says what to do when it is used', () => {
  const url = relayUrl('createSauti', 'sauti', '/speech');
  let thrown: unknown;
  try {
    url();
  } catch (error) {
    thrown = error;
  }
  expect(isSpeechError(thrown)).toBe(true);
  expect(thrown).toMatchObject({ kind: 'invalid-request', vendor: 'sauti', billed: 'no', retryable: false });
  expect((thrown as Error).message).toContain('/speech');
});
