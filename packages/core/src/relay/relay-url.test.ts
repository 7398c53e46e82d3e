import { isSpeechError } from '@saystream/errors';
import { expect, test } from 'vitest';

import { relayUrl } from './relay-url.ts';

const inPage = 'document' in globalThis;

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

test.runIf(inPage)('a relative address is resolved against the page when it is used', () => {
  expect(relayUrl('createAudixa', 'audixa', '/speech/')()).toBe(`${location.origin}/speech`);
});

test.runIf(!inPage)('a relative address constructs without a page, and says what to do when it is used', () => {
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
