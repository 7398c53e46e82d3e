import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const route = '/audixa/v3/tts/stream';

/**
 * The headers of a handshake, read as `Headers` reads them: all of one name, with commas between. Nothing is copied, as a flood of
 * handshakes is mostly refused.
 */
export function readHeaders({ rawHeaders }: IncomingMessage): Pick<Headers, 'get' | 'has'> {
  const get = (name: string): string | null => {
    let value: string | null = null;
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
      if (rawHeaders[at]?.toLowerCase() !== name) continue;
      value = value === null ? (rawHeaders[at + 1] ?? '') : `${value}, ${rawHeaders[at + 1]}`;
    }
    return value;
  };
  return { get, has: (name) => get(name) !== null };
}

/** A handshake as the web would tell of it, for the app's own `clientIp`; undefined when its address is none. */
export function webRequest(request: IncomingMessage): Request | undefined {
  const headers = new Headers();
  try {
    for (const [name, values] of Object.entries(request.headersDistinct))
      for (const value of values ?? []) headers.append(name, value);
    return new Request(new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`), { headers });
  } catch {
    return undefined;
  }
}

/** Whether a handshake asks for the relay's one socket, wherever the relay is mounted. A final slash does not matter. */
export const isStreamRoute = ({ url = '' }: IncomingMessage): boolean =>
  (url.split(/[?#]/, 1)[0] ?? '').replace(/\/$/, '').endsWith(route);

/**
 * Whether another listener has this socket already: it is closed, or somebody reads it. Node removes its own listeners before it
 * emits `upgrade`.
 */
export const isTaken = (socket: Duplex): boolean =>
  socket.destroyed || !socket.writable || socket.listenerCount('data') > 0 || socket.listenerCount('readable') > 0;

/** The token among the subprotocols, where no log sees it. */
export function tokenOf({ headers }: IncomingMessage): string | undefined {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((word) => word.trim());
  return offered.find((word) => word.startsWith('tok.'))?.slice('tok.'.length);
}
