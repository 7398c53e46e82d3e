import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

test('docs/errors says what the golden table of @saystream/errors says', { timeout: 60_000 }, () => {
  const tool = fileURLToPath(new URL('write-error-docs.mjs', import.meta.url));
  // It fails with the names of stale pages.
  expect(execFileSync(process.execPath, [tool, '--check'], { encoding: 'utf8' })).toBe('');
});
