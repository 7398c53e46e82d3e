import type { IncomingMessage } from 'node:http';

// Before `ws`: it must be evaluated first.
import { restoreAddonSwitches } from './ws-addons-node.ts';

import { SpeechError } from '@saystream/errors';
import WebSocket from 'isomorphic-ws';

import { rebilled } from '../http/once-accepted.ts';
import type { DialSocket, ExplainRefusal, HandshakeRefusal, SocketLike } from './socket-like.ts';

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

/** Explains a handshake that failed, by its HTTP answer or the system's error code. The text was not sent yet. */
export const whyRefused: ExplainRefusal = ({ opened, refusal, networkCode }, { vendor, name, parseError }) => {
  if (refusal) {
    const { status } = refusal;
    // A proxy's or another server's page: the vendor's own refusals are 4xx and 5xx.
    if (status < 400) {
      const message = `The socket's handshake was answered with status ${status} instead of an upgrade.`;
      return new SpeechError({ kind: 'bad-response', vendor, message, status, billed: 'no' });
    }
    // Whatever the status leaves open elsewhere: the text was not sent yet.
    return rebilled(parseError(refusal), 'no');
  }
  if (opened || !networkCode) return undefined;
  const message = `${name} could not be reached: ${networkCode}.`;
  return new SpeechError({ kind: 'unreachable', vendor, message, code: networkCode, billed: 'no' });
};

/** Most often a bundler has replaced an optional part of `ws` by an empty module. */
export const brokenSocketAdvice: string | undefined =
  'On a bundled server, leave ws out of the bundle or set WS_NO_BUFFER_UTIL=1.';
