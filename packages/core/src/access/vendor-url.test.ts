import { expect, test } from 'vitest';

import { vendorUrl } from './vendor-url.ts';

test.each([
  ['https://api.audixa.ai', 'https://api.audixa.ai/v3', 'wss://api.audixa.ai/v3'],
  ['https://api.audixa.ai/', 'https://api.audixa.ai/v3', 'wss://api.audixa.ai/v3'],
  ['https://api.audixa.ai/v3', 'https://api.audixa.ai/v3', 'wss://api.audixa.ai/v3'],
  ['https://api.audixa.ai/v3/tts?x=1', 'https://api.audixa.ai/v3', 'wss://api.audixa.ai/v3'],
  ['wss://api.audixa.ai/v3/tts/stream', 'https://api.audixa.ai/v3', 'wss://api.audixa.ai/v3'],
  ['https://example.org/voice/v3/', 'https://example.org/voice/v3', 'wss://example.org/voice/v3'],
  ['https://example.org/v31', 'https://example.org/v31/v3', 'wss://example.org/v31/v3'],
  ['http://localhost:8080', 'http://localhost:8080/v3', 'ws://localhost:8080/v3'],
  ['http://127.9.9.9', 'http://127.9.9.9/v3', 'ws://127.9.9.9/v3'],
  ['http://[::1]:1', 'http://[::1]:1/v3', 'ws://[::1]:1/v3'],
])('%s is understood', (baseUrl, http, socket) => {
  expect(vendorUrl(baseUrl, '/v3')).toEqual({ http, socket });
});

test.each(['http://api.audixa.ai', 'ws://10.0.0.1', 'http://localhost.example.org', 'http://127.0.0.1.example.org'])(
  '%s is refused because key and text would travel unprotected',
  (baseUrl) => {
    expect(() => vendorUrl(baseUrl, '/v3')).toThrow(TypeError);
  },
);

test.each(['', '/relative', 'ftp://example.org', 'javascript:alert(1)'])('%j is no base URL', (baseUrl) => {
  expect(() => vendorUrl(baseUrl, '/v3')).toThrow(/baseUrl/);
});
