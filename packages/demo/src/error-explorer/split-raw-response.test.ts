import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { splitRawResponse } from './split-raw-response.ts';

describe('a pasted response is split', () => {
  test('as it went over the wire', () => {
    expect(splitRawResponse('HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3\r\n\r\n{"detail":"Slow down"}')).toEqual({
      status: '429',
      headers: 'Retry-After: 3',
      body: '{"detail":"Slow down"}',
    });
  });

  test('as curl -i prints HTTP/2, which has no words after the status', () => {
    expect(splitRawResponse('HTTP/2 503 \ndate: Wed, 05 Nov 2025 00:00:00 GMT\nserver: x\n\n')).toEqual({
      status: '503',
      headers: 'date: Wed, 05 Nov 2025 00:00:00 GMT\nserver: x',
      body: '',
    });
  });

  test('after the command and curl’s progress', () => {
    const pasted =
      '$ curl -i https://api.example/tts\n  % Total    % Received\n100  1  0  0\n\nHTTP/1.1 401 Unauthorized\nA: b\n\nno\n';
    expect(splitRawResponse(pasted)).toEqual({ status: '401', headers: 'A: b', body: 'no\n' });
  });

  test('at the last of several responses', () => {
    const pasted = [
      'HTTP/1.1 200 Connection established\n\n',
      'HTTP/1.1 100 Continue\n\n',
      'HTTP/1.1 307 Temporary Redirect\nLocation: /b\n\n<html>moved</html>\n',
      'HTTP/1.1 402 Payment Required\nX: 1\n\n{}',
    ].join('');
    expect(splitRawResponse(pasted)).toEqual({ status: '402', headers: 'X: 1', body: '{}' });
  });

  test('of which the body quotes another status line', () => {
    const body = '{"detail":"upstream said"}\nHTTP/1.1 500 Internal Server Error\n\nno';
    expect(splitRawResponse(`HTTP/1.1 502 Bad Gateway\n\n${body}`)).toEqual({ status: '502', headers: '', body });
  });

  test('without its blank line', () => {
    expect(splitRawResponse('HTTP/1.1 400 Bad Request\nContent-Type: application/json\n{"detail":"No text"}')).toEqual({
      status: '400',
      headers: 'Content-Type: application/json',
      body: '{"detail":"No text"}',
    });
  });

  test('as curl -v prints it, without what was sent', () => {
    const pasted = [
      '* Connected to api.example (192.0.2.1) port 443',
      '> POST /v3/tts HTTP/1.1',
      '> x-api-key: secret',
      '>',
      '< HTTP/1.1 422 Unprocessable Content',
      '< content-type: application/json',
      '<',
      '{ [12 bytes data]',
      '{"detail":"x"}* Connection #0 to host api.example left intact',
    ].join('\n');
    const split = splitRawResponse(pasted);
    expect(split).toEqual({ status: '422', headers: 'content-type: application/json', body: '{"detail":"x"}' });
    expect(JSON.stringify(split)).not.toContain('secret');
  });

  test('without cookies, and with folded header lines made one', () => {
    const pasted = 'HTTP/1.0 500 Oops\nSet-Cookie: session=secret\nX-Long: a\n  b\n\n';
    expect(splitRawResponse(pasted)).toEqual({ status: '500', headers: 'X-Long: a b', body: '' });
  });

  test('never when there is no status line', () => {
    for (const pasted of ['', '{"detail":"x"}', 'Retry-After: 3', 'HTTP/1.1 OK', 'HTTP/1.1 4290 X', 'x HTTP/1.1 429']) {
      expect(splitRawResponse(pasted), pasted).toBeUndefined();
    }
  });

  test('whatever the text is, and into parts that come from it', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('HTTP/1.1 307 x', 'HTTP/2 200', '< HTTP/1.1 500', '', 'A: b', ' c', '* d'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const split = splitRawResponse(lines.join('\n'));
        expect(split?.status ?? '500').toMatch(/^\d{3}$/);
      }),
    );
  });

  test('in a moment, though it is long and made to be slow', () => {
    const began = performance.now();
    splitRawResponse('HTTP/1.1 307 x\n\n'.repeat(20_000));
    splitRawResponse(`HTTP/1.1 500 x\n${'a: b\n c\n'.repeat(40_000)}`);
    splitRawResponse(`< HTTP/1.1 500 x\n${'* '.repeat(50_000)}`);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
