import { expect, test } from 'vitest';

import { createAudixa } from './index.ts';

test('a key on a server needs no permission', () => {
  expect(() => createAudixa({ apiKey: 'secret' })).not.toThrow();
});
