import { expect, test } from 'vitest';

import { allowing } from './policy-violation.ts';

test.each([
  ['script-src-elem', "script-src 'nonce-a'", "'self'", "script-src 'nonce-a' 'self'"],
  ['script-src-elem', "script-src-elem 'none'; script-src *", "'self'", "script-src-elem 'self'"],
  ['script-src-elem', 'default-src https://cdn.example', "'self'", "script-src https://cdn.example 'self'"],
  ['worker-src', "default-src 'none'; script-src https://a.example", "'self'", "worker-src https://a.example 'self'"],
  ['worker-src', "script-src 'self'; worker-src 'none'", "'self'", "worker-src 'self'"],
  [
    'connect-src',
    "default-src 'self';connect-src  'self'  https://b.example ;",
    'wss://c.example',
    "connect-src 'self' https://b.example wss://c.example",
  ],
  ['connect-src', '', 'wss://c.example', 'connect-src wss://c.example'],
  ['connect-src', "connect-src 'self'", "'self'", "connect-src 'self'"],
])('%s in “%s” with %s becomes “%s”', (directive, policy, source, better) => {
  expect(allowing(source, { directive, policy })).toBe(better);
});
