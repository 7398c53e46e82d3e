import type { OutgoingHttpHeaders } from 'node:http';

/**
 * What every answer of the demo carries. Nothing inline, nothing foreign, no blob: the worklet is served as a file.
 * `connectTo` are the origins, besides our own, that the page may talk to.
 */
export const securityHeaders = (connectTo: readonly string[]): OutgoingHttpHeaders => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    ['connect-src', "'self'", ...connectTo].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
});
