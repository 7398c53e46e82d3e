import {
  decideRetry,
  openSocket,
  rebilled,
  type GiveUpReason,
  type OpenSocket,
  type SocketEnding,
  type SocketHandlers,
} from '@saystream/core';
import { explainAudixaClose, parseAudixaError, type SpeechError } from '@saystream/errors';

import type { AudixaConnection } from '../audixa-connection.ts';
import { audixaError } from '../audixa-error.ts';

const vendor = 'audixa';
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
export function dialAudixa(connection: AudixaConnection, handlers: DialHandlers): DialledAudixa {
  const { socketUrl, apiKey, WebSocket, retry, account, emit } = connection;
  let socket: OpenSocket | undefined;
  let redial: ReturnType<typeof setTimeout> | undefined;

  function failed(ending: SocketEnding, attempt: number): void {
    const error = whyNotConnected(ending);
    const known = ending.refusal !== undefined || ending.networkCode !== undefined;
    const { spareRepeats } = account.health;
    const decision = decideRetry({ error, attempt, paid: false, spareRepeats }, retry);
    if ('delayMs' in decision && known) {
      const { delayMs } = decision;
      account.tell({ type: 'repeated', kind: error.kind });
      emit({ type: 'wait', vendor, delayMs, because: error.kind });
      redial = setTimeout(() => dial(attempt + 1), delayMs);
      return;
    }
    account.tell({ type: 'failed', kind: error.kind });
    giveUp(error, 'giveUp' in decision ? decision.giveUp : 'final');
  }

  function giveUp(error: SpeechError, reason: GiveUpReason): void {
    emit({ type: 'give-up', vendor, because: error.kind, reason });
    handlers.notConnected(error);
  }

  function dial(attempt: number): void {
    emit({ type: 'attempt', vendor, transport: 'socket', attempt });
    const end = (ending: SocketEnding) => (ending.opened ? handlers.end(ending) : failed(ending, attempt));
    try {
      socket = openSocket(`${socketUrl}?api_key=${encodeURIComponent(apiKey)}`, { ...handlers, end }, WebSocket);
    } catch {
      // The constructor's own message holds the URL, and the URL the key.
      handlers.notConnected(unreachable('no WebSocket could be created'));
    }
  }

  const resting = account.ask();
  if (resting) giveUp(resting, 'breaker');
  else dial(1);
  return {
    send: (data) => socket?.send(data),
    close() {
      clearTimeout(redial);
      socket?.close();
    },
  };
}
