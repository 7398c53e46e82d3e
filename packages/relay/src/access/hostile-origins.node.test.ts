import { expect, test } from 'vitest';

import { hostileOrigins } from '../../tests/hostile-origins.ts';
import { pageOrigin, shakeHands, startWholeRelay } from '../../tests/whole-relay.ts';

test('a handshake of the listed origin is accepted', async () => {
  const { port } = await startWholeRelay();
  expect(await shakeHands(port, [['Origin', pageOrigin]])).toBe('HTTP/1.1 101 Switching Protocols');
});

test(`each of ${hostileOrigins.length} hostile origins is refused with 403 before there is a socket`, async () => {
  const { port } = await startWholeRelay({ allowNonBrowser: true });
  for (const origin of hostileOrigins) {
    expect([origin, await shakeHands(port, [['Origin', origin]])]).toEqual([origin, 'HTTP/1.1 403 Forbidden']);
  }
});

test('a handshake without an origin, with an empty one, or with two, is refused with 403', async () => {
  const { port } = await startWholeRelay();
  const hands: [string, string][][] = [
    [],
    [['Sec-Fetch-Site', 'same-origin']],
    [['Origin', '']],
    [
      ['Origin', pageOrigin],
      ['Origin', pageOrigin],
    ],
    [
      ['Origin', pageOrigin],
      ['origin', 'https://evil.example'],
    ],
    [
      ['Origin', 'https://evil.example'],
      ['Origin', pageOrigin],
    ],
    [['X-Origin', pageOrigin]],
    [['Sec-WebSocket-Origin', pageOrigin]],
    [['Referer', `${pageOrigin}/page`]],
  ];
  for (const headers of hands) expect([headers, await shakeHands(port, headers)]).toEqual([headers, 'HTTP/1.1 403 Forbidden']);
});

test('a header that is none ends in 400 at the latest', async () => {
  const { port } = await startWholeRelay();
  for (const value of [`${pageOrigin}\u0000`, `${pageOrigin}\u0001`, `${pageOrigin}\u007f`]) {
    expect(await shakeHands(port, [['Origin', value]])).toMatch(/^HTTP\/1\.1 40[03] /);
  }
});
