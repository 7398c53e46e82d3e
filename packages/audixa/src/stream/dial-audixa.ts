import {
  type AskForSocket,
  openSocket,
  rebilled,
  withRetries,
  type OpenSocket,
  type RelayLink,
  type SocketConstructor,
  type SocketEnding,
  type SocketHandlers,
} from '@saystream/core';
import { explainAudixaClose, isSpeechError, parseAudixaError, type SpeechError } from '@saystream/errors';

import type { AudixaConnection } from '../audixa-connection.ts';
import { audixaError } from '../audixa-error.ts';

const unreachable = (why: string, code?: string): SpeechError =>
  audixaError('unreachable', `Audixa could not be reached: ${why}.`, { code, billed: 'no' });

/** Why there was no connection. */
function whyNotConnected({ refusal, networkCode, code, reason, wasClean }: SocketEnding): SpeechError {
  if (refusal) {
    // Whatever the status leaves open elsewhere: the text was not sent yet.
    return rebilled(parseAudixaError(refusal), 'no');
  }
  if (networkCode) return unreachable(networkCode, networkCode);
  return explainAudixaClose({ code, reason, wasClean, phase: 'connecting' }) ?? unreachable(`close ${code}`);
}

/** A connection that is being made, or made. */
export interface DialledAudixa {
  /** Ends the connection, or the attempts at one. No handler is called any more. */
  close(): void;
}

/** As `SocketHandlers`, with a failure to connect told apart from the end of a connection. */
export interface DialHandlers extends SocketHandlers {
  /** The request has left for the vendor. */
  open(): void;
  /** There is no connection and no further attempt. */
  notConnected(error: SpeechError): void;
}

/** The relay's word that the vendor's socket is open and the request handed over (docs/relay-protocol.md). */
const isReady = (data: string): boolean => data.startsWith('{"type":"ready"');

/** Expired, used or revoked: a new one may do. The vendor's own 401 has another reason. */
const isTokenRefused = ({ close }: SpeechError): boolean => close?.reason.startsWith('token_') ?? false;

/** Dials once. Resolves when the request has left for the vendor, and then tells `handlers` the rest. */
function dialOnce(
  { socketUrl, apiKey, relay }: AudixaConnection,
  request: string,
  WebSocket: SocketConstructor | undefined,
  handlers: DialHandlers,
  keep: (socket: OpenSocket) => void,
  token?: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let isSent = false;
    const sent = () => {
      isSent = true;
      handlers.open();
      resolve();
    };
    const url = relay ? socketUrl : `${socketUrl}?api_key=${encodeURIComponent(apiKey ?? '')}`;
    const socket = openSocket(
      url,
      {
        open() {
          socket.send(request);
          if (!relay) sent();
        },
        text(data) {
          if (isSent) handlers.text(data);
          else if (isReady(data)) sent();
        },
        binary: (bytes) => isSent && handlers.binary(bytes),
        end: (ending) => (isSent ? handlers.end(ending) : reject(whyNotConnected(ending))),
      },
      WebSocket,
      relay && ['tts.v1', `tok.${token}`],
    );
    keep(socket);
  });
}

/**
 * Connects and sends the request. A handshake that failed for a reason that is *known* to pass (a 5xx or 429 answer, a
 * refused connection, the relay's word) is tried again: nothing was sent to the vendor, so nothing can be paid twice. A
 * browser hides the reason; then the relay is asked for it, and without one a single try must do, because the reason may
 * be the key.
 */
export function dialAudixa(
  connection: AudixaConnection,
  request: string,
  handlers: DialHandlers,
  ask: AskForSocket,
): DialledAudixa {
  const { relay } = connection;
  let { WebSocket } = connection;
  const closing = new AbortController();
  const { signal } = closing;
  let socket: OpenSocket | undefined;
  const keep = (dialled: OpenSocket) => (socket = dialled);

  async function throughRelay(link: RelayLink, mayRenew = true): Promise<void> {
    const token = await link.token(signal);
    signal.throwIfAborted();
    try {
      await dialOnce(connection, request, WebSocket, handlers, keep, token);
    } catch (error) {
      if (!isSpeechError(error)) throw error;
      if (isTokenRefused(error) && mayRenew) {
        link.refused();
        return throughRelay(link, false);
      }
      // A page is told nothing of a refused handshake; the relay's twin of the socket says why, or nothing either.
      if (error.close?.code === 1006) await link.ask('/diagnose', signal);
      throw error;
    }
  }

  withRetries(connection, {
    transport: 'socket',
    signal,
    isWatched: true,
    before: connection.WebSocket ? undefined : async () => void (WebSocket = await ask('f32le')),
    once: () => (relay ? throughRelay(relay) : dialOnce(connection, request, WebSocket, handlers, keep)),
    // The constructor's own message holds the URL, and the URL the key.
    explain: (thrown) => (isSpeechError(thrown) ? rebilled(thrown, 'no') : unreachable('no WebSocket could be created')),
    isFinal: ({ status, code, close }) => !status && !code && !((close?.code ?? 0) >= 4400),
  }).catch((error: SpeechError) => !signal.aborted && handlers.notConnected(error));
  return {
    close() {
      closing.abort();
      socket?.close();
    },
  };
}
