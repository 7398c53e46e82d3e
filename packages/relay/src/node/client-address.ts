import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** How many proxies of yours stand before the server. */
export interface ProxyTrust {
  /**
   * Proxies of yours that a request passes, each of which appends to `X-Forwarded-For` whom it saw. So many entries from the
   * right are believed, and none that the client wrote itself. Default 0: the header is ignored.
   */
  readonly trustProxy?: number;
}

/** @throws TypeError for what is no number of proxies */
export function checkHops(trustProxy = 0): number {
  if (Number.isInteger(trustProxy) && trustProxy >= 0) return trustProxy;
  throw new TypeError('trustProxy must be the number of proxies before the server: 0, 1, 2 …');
}

/** Some proxies add a port, and brackets around IPv6. */
const withoutPort = (entry: string): string => /^\[([^\]]+)\]/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry;

/** Whom the outermost of your proxies saw; the socket's own peer when there is none. */
export function clientAddress({ headers, socket }: IncomingMessage, hops: number): string | undefined {
  if (hops === 0) return socket.remoteAddress;
  const said = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((entry) => withoutPort(entry.trim()))
    .filter(Boolean);
  const believed = said.at(-hops) ?? said[0] ?? '';
  return isIP(believed) ? believed : socket.remoteAddress;
}
