import { expect, test } from 'vitest';

import { relayUrl } from './relay-url.ts';

test.each([
  ['https://app.example/speech', 'https://app.example/speech'],
  ['https://app.example/speech/?x=1#y', 'https://app.example/speech'],
  [new URL('http://localhost:8080/'), 'http://localhost:8080'],
])('%s is taken as it is', (relay, url) => {
  expect(relayUrl('createAudixa', 'audixa', relay)()).toBe(url);
});

test.each(['http://[', 'ftp://app.example/speech', 'javascript:alert(1)', 'data:,x'])(
  '%s is refused at construction',
  (relay) => {
    expect(() => relayUrl('createAudixa', 'audixa', relay)).toThrow(/^createAudixa: relay must be/);
  },
);
