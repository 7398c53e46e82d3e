import { openSocket, retryDelayMs, type OpenSocket, type SocketEnding, type SocketHandlers } from '@saystream/core';
import { explainAudixaClose, parseAudixaError, SpeechError } from '@saystream/errors';

import type { AudixaConnection } from '../audixa-connection.ts';

const unreachable = (why: string, code?: string): SpeechError =>
  new SpeechError({ kind: 'unreachable', vendor: 'audixa', code, billed: 'no', message: `Audixa could not be reached: ${why}.` });

/** Why there was no connection. */
function whyNotConnected({ refusal, networkCode, code, reason, wasClean }: SocketEnding): SpeechError {
  if (refusal) {
    const error = parseAudixaError(refusal);
    // Whatever the status leaves open elsewhere: the text was not sent yet.
    return new SpeechError({ ...error, message: error.message, billed: 'no' });
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
export function dialAudixa(connection: AudixaConnection, handlers: DialHandlers): DialledAudixa {
  const { socketUrl, apiKey, WebSocket, retry, emit } = connection;
  let socket: OpenSocket | undefined;
  let redial: ReturnType<typeof setTimeout> | undefined;

  function failed(ending: SocketEnding, attempt: number): void {
    const error = whyNotConnected(ending);
    const known = ending.refusal !== undefined || ending.networkCode !== undefined;
    const delayMs = known ? retryDelayMs({ error, attempt, paid: false }, retry) : undefined;
    if (delayMs === undefined) return handlers.notConnected(error);
    emit({ type: 'wait', vendor: 'audixa', delayMs, because: error.kind });
    redial = setTimeout(() => dial(attempt + 1), delayMs);
  }

  function dial(attempt: number): void {
    emit({ type: 'attempt', vendor: 'audixa', transport: 'socket', attempt });
    const end = (ending: SocketEnding) => (ending.opened ? handlers.end(ending) : failed(ending, attempt));
    try {
      socket = openSocket(`${socketUrl}?api_key=${encodeURIComponent(apiKey)}`, { ...handlers, end }, WebSocket);
    } catch {
      // The constructor's own message holds the URL, and the URL the key.
      handlers.notConnected(unreachable('no WebSocket could be created'));
    }
  }

  dial(1);
  return {
    send: (data) => socket?.send(data),
    close() {
      clearTimeout(redial);
      socket?.close();
    },
  };
}
