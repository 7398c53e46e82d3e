import {
  type AskForSocket,
  openSocket,
  rebilled,
  withRetries,
  type OpenSocket,
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
    const error = parseAudixaError(refusal);
    // Whatever the status leaves open elsewhere: the text was not sent yet.
    return rebilled(error, 'no');
  }
  if (networkCode) return unreachable(networkCode, networkCode);
  return explainAudixaClose({ code, reason, wasClean, phase: 'connecting' }) ?? unreachable(`close ${code}`);
}

/** A connection that is being made, or made. */
export interface DialledAudixa {
  /** Sends a text frame. Only after `open`. */
  send(data: string): void;
  /** Ends the connection, or the attempts at one. No handler is called any more. */
  close(): void;
}

/** As `SocketHandlers`, with a failure to connect told apart from the end of a connection. */
export interface DialHandlers extends SocketHandlers {
  /** There is no connection and no further attempt. */
  notConnected(error: SpeechError): void;
}

/**
 * Connects. A handshake that failed for a reason that is *known* to pass (a 5xx or 429 answer, a refused connection)
 * is tried again: nothing was sent, so nothing can be paid twice. A browser hides the reason; then one try must do,
 * because the reason may be the key.
 */
export function dialAudixa(connection: AudixaConnection, handlers: DialHandlers, ask: AskForSocket): DialledAudixa {
  const { socketUrl, apiKey } = connection;
  let { WebSocket } = connection;
  const closing = new AbortController();
  let socket: OpenSocket | undefined;

  const once = () =>
    new Promise<void>((resolve, reject) => {
      const open = () => {
        handlers.open();
        resolve();
      };
      const end = (ending: SocketEnding) => (ending.opened ? handlers.end(ending) : reject(whyNotConnected(ending)));
      socket = openSocket(`${socketUrl}?api_key=${encodeURIComponent(apiKey)}`, { ...handlers, open, end }, WebSocket);
    });
  withRetries(connection, {
    transport: 'socket',
    signal: closing.signal,
    isWatched: true,
    before: connection.WebSocket ? undefined : async () => void (WebSocket = await ask('f32le')),
    once,
    // The constructor's own message holds the URL, and the URL the key.
    explain: (thrown) => (isSpeechError(thrown) ? thrown : unreachable('no WebSocket could be created')),
    isFinal: ({ status, code }) => !status && !code,
  }).catch((error: SpeechError) => !closing.signal.aborted && handlers.notConnected(error));
  return {
    send: (data) => socket?.send(data),
    close() {
      closing.abort();
      socket?.close();
    },
  };
}
