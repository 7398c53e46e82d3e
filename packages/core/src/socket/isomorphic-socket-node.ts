import type { IncomingMessage } from 'node:http';

// Before `ws`: it must be evaluated first.
import { restoreAddonSwitches } from './ws-addons-node.ts';

import WebSocket from 'isomorphic-ws';

import type { DialSocket, HandshakeRefusal, SocketLike } from './socket-like.ts';

restoreAddonSwitches();

/** One second of float32 at 24 kHz is 96 kB; this is more than ten minutes in one frame. */
const maxPayloadBytes = 64 * 1024 * 1024;
const maxRefusalBytes = 4 * 1024;
const refusalBodyMs = 1_000;

/** Reads the first bytes of the refusal's body; a body that stalls is left after a second. */
function readRefusal(response: IncomingMessage, done: (refusal: HandshakeRefusal) => void): void {
  let body = '';
  let told = false;
  const decoder = new TextDecoder();
  const tell = () => {
    if (told) return;
    told = true;
    clearTimeout(timer);
    done({ status: response.statusCode ?? 0, headers: response.headers, body });
  };
  const timer = setTimeout(tell, refusalBodyMs);
  response.on('data', (chunk: Uint8Array) => {
    body += decoder.decode(chunk, { stream: true });
    if (body.length >= maxRefusalBytes) tell();
  });
  response.on('end', tell);
  response.on('error', tell);
  response.on('close', tell);
}

/** The parts of `ws` that no other WebSocket has. */
type WsSocket = SocketLike & Pick<WebSocket, 'on' | 'terminate'>;

/** Recognises the class of `ws` and its subclasses, such as one that dials through a proxy's agent. */
const isWs = (socket: SocketLike): socket is WsSocket => 'on' in socket && 'terminate' in socket;

/**
 * Dials with `ws`, or with an injected class. Compression is off (it costs far more than audio gains from it), and a
 * refused handshake keeps its HTTP status, which no browser shows.
 */
export const dialSocket: DialSocket = (url, protocols, onRefused, Constructor) => {
  const socket: SocketLike = Constructor
    ? new Constructor(url, [...protocols])
    : new WebSocket(url, [...protocols], { perMessageDeflate: false, maxPayload: maxPayloadBytes });
  if (!isWs(socket)) return { socket };
  socket.on('unexpected-response', (_request, response) => {
    readRefusal(response, (refusal) => {
      onRefused(refusal);
      socket.terminate();
    });
  });
  return { socket, terminate: () => socket.terminate() };
};
