import type { IncomingMessage } from 'node:http';

import { waitHint } from '@saystream/errors';

import type { Upstream } from '../relay-context.ts';
import type { RelayedStreamEvent } from './relayed-stream-state.ts';
import { WebSocket } from './ws-node.ts';

/** Nearly three minutes of float audio in one frame; what is more is no frame of speech. */
const maxFrameBytes = 16 * 1024 * 1024;
/** A vendor that said goodbye may hold the connection this long. Younger than the types of `ws`. */
const goodbye = { closeTimeout: 2_000 };
const maxRefusalBytes = 4 * 1024;
const refusalBodyMs = 1_000;

/** Reads the first bytes of a refusal, for the wait it names; one that stalls is left after a second. */
function readRefusal(response: IncomingMessage, done: (retryAfterMs: number | undefined) => void): void {
  let body = '';
  let isTold = false;
  const tell = () => {
    if (isTold) return;
    isTold = true;
    clearTimeout(timer);
    response.destroy();
    done(waitHint({ status: response.statusCode ?? 0, headers: response.headers, body }, 'audixa'));
  };
  const timer = setTimeout(tell, refusalBodyMs);
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    body += chunk;
    if (body.length >= maxRefusalBytes) tell();
  });
  response.on('end', tell).on('error', tell).on('close', tell);
}

/** A failure that tells of a network or of TLS, not of an answer that is none. */
const isOfNetwork = (code: string | undefined): boolean => code !== undefined && !/^(WS_ERR_|HPE_)/.test(code);

/** Dials Audixa. Exactly one event tells that the connection failed or ended, and `terminate` may be called at any time. */
export function dialVendor(upstream: Upstream, dispatch: (event: RelayedStreamEvent) => void): WebSocket {
  // Its socket takes the key only so (vendor docs); no log of ours ever holds this address.
  const url = `${upstream.socket}/tts/stream?api_key=${encodeURIComponent(upstream.apiKey)}`;
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
    followRedirects: false,
    ...goodbye,
  });
  let isOpen = false;
  socket.on('open', () => {
    isOpen = true;
    dispatch({ type: 'vendor-open' });
  });
  socket.on('unexpected-response', (_request, response) => {
    const status = response.statusCode ?? 0;
    readRefusal(response, (retryAfterMs) => {
      dispatch({ type: 'vendor-refused', status, retryAfterMs });
      socket.terminate();
    });
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (isOpen && isOfNetwork(error.code)) return; // `close` follows, with 1006
    dispatch({ type: isOfNetwork(error.code) ? 'vendor-unreachable' : 'vendor-broken' });
  });
  // A reason has 123 bytes at most: the vendor may have cut it within the key.
  socket.on('close', (code, reason) =>
    dispatch({ type: 'vendor-closed', code, reason: upstream.redact(reason.toString(), true) }),
  );
  return socket;
}
