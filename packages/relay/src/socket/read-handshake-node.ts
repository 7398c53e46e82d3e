import type { IncomingMessage } from 'node:http';

const route = '/audixa/v3/tts/stream';

/** The headers of a Node request as the web has them. */
export function webHeaders({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(headersDistinct)) for (const value of values ?? []) headers.append(name, value);
  return headers;
}

/** A handshake as the web would tell of it, for the app's own `clientIp`; undefined when its address is none. */
export function webRequest(request: IncomingMessage, headers: Headers): Request | undefined {
  try {
    return new Request(new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`), { headers });
  } catch {
    return undefined;
  }
}

/** Whether a handshake asks for the relay's one socket, wherever the relay is mounted. */
export const isStreamRoute = ({ url = '' }: IncomingMessage): boolean => (url.split(/[?#]/, 1)[0] ?? '').endsWith(route);

/** The token among the subprotocols, where no log sees it. */
export function tokenOf({ headers }: IncomingMessage): string | undefined {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((word) => word.trim());
  return offered.find((word) => word.startsWith('tok.'))?.slice('tok.'.length);
}
