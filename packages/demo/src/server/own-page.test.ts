import { describe, expect, it } from 'vitest';

import { isFromOwnPage } from './own-page.ts';

describe('isFromOwnPage', () => {
  it.each([
    [true, 'our page opening a socket', { host: 'localhost:4173', origin: 'http://localhost:4173' }],
    [true, 'our page by its address', { host: '127.0.0.1:4173', origin: 'http://127.0.0.1:4173' }],
    [true, 'our page fetching', { host: 'localhost:4173', 'sec-fetch-site': 'same-origin' }],
    [false, 'a foreign page', { host: 'localhost:4173', origin: 'https://evil.example' }],
    [false, 'a foreign page that fetches', { host: 'localhost:4173', 'sec-fetch-site': 'cross-site' }],
    [false, 'another port of this machine', { host: 'localhost:4173', origin: 'http://localhost:3000' }],
    [false, 'a sandboxed frame', { host: 'localhost:4173', origin: 'null' }],
    [false, 'a foreign name that resolves to this machine', { host: 'evil.example:4173', origin: 'http://evil.example:4173' }],
    [false, 'a caller that says nothing about itself', { host: 'localhost:4173' }],
    [false, 'a caller without a Host', { origin: 'http://localhost:4173' }],
  ])('answers %s for %s', (expected, _who, headers) => {
    expect(isFromOwnPage(headers, 4173)).toBe(expected);
  });
});
