import { expect, test } from 'vitest';

import { relayUrl } from './relay-url.ts';

test('a relative address is resolved against the page when it is used', () => {
  expect(relayUrl('createAudixa', 'audixa', '/speech/')()).toBe(`${location.origin}/speech`);
});
