import type { IncomingHttpHeaders } from 'node:http';

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** The origins under which a browser on this machine sees a server that listens on `port`. */
const ownOrigins = (port: number): string[] => loopbackNames.map((name) => `http://${name}:${port}`);

/**
 * Whether a browser sent this for our own page. The `Host` is checked as well, because a foreign name that resolves to
 * this machine (DNS rebinding) would make a foreign page the same origin. A same-origin GET carries no `Origin`; there
 * the browser's `Sec-Fetch-Site`, which no script can set, has to say so.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders, port: number): boolean {
  const origins = ownOrigins(port);
  if (!origins.includes(`http://${headers.host ?? ''}`)) return false;
  if (headers.origin !== undefined) return headers.origin === `http://${headers.host}`;
  return headers['sec-fetch-site'] === 'same-origin';
}
