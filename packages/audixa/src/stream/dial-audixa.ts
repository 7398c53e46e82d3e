import {
  type AskForSocket,
  brokenSocketAdvice,
  failedSpeech,
  ofRelay,
  openSocket,
  rebilled,
  whyRefused,
  withRetries,
  type OpenSocket,
  type RelayLink,
  type SocketConstructor,
  type SocketEnding,
  type SocketHandlers,
} from '@saystream/core';
import { explainAudixaClose, isSpeechError, type KeyRedactor, type SpeechError } from '@saystream/errors';

import type { AudixaConnection } from '../audixa-connection.ts';
import { audixaError } from '../audixa-error.ts';

/** Where the relay's socket is, as plain HTTP: only a relay that received no upgrade answers there, with 426. */
const socketPath = '/audixa/v3/tts/stream';

/** What a socket's own code threw. */
export const brokenSocket = (thrown: unknown, billed: 'no' | 'unknown', redact: KeyRedactor): SpeechError =>
  audixaError('unknown', `The socket failed: ${thrown instanceof Error ? redact(thrown.message) : typeof thrown}.`, {
    billed,
    advice: brokenSocketAdvice,
  });

/**
 * Why there was no connection, or why it ended between the request and the relay's `ready`. In the latter case only a close of the
 * relay's own, from 4400 up, proves that nothing was handed to the vendor.
 */
function whyNotReady(ending: SocketEnding, { relay, parseError, redact }: AudixaConnection): SpeechError {
  const phase = relay && ending.opened && ending.code < 4400 ? 'waiting' : 'connecting';
  if (ending.thrown !== undefined) return brokenSocket(ending.thrown, phase === 'waiting' ? 'unknown' : 'no', redact);
  const refused = whyRefused(ending, { vendor: 'audixa', name: 'Audixa', parseError });
  return refused ?? explainAudixaClose({ ...ending, phase })!;
}

/**
 * Whether a handshake failed in a way that a relay without sockets, or a proxy that drops the upgrade, would explain. A close of the
 * relay's own, from 4400 up, came over a socket.
 */
const mayLackSockets = ({ status, code, close }: SpeechError): boolean =>
  (close?.phase === 'connecting' && close.code < 4400) || /^([23]..|40[045]|501) |RESET|SOCKET/.test(`${status} ${code}`);

/** A connection that is being made, or made. */
export interface DialledAudixa {
  /** Ends the connection, or the attempts at one. No handler is called any more. */
  close(): void;
}

/** As `SocketHandlers`, with a failure to connect told apart from the end of a connection. */
export interface DialHandlers extends SocketHandlers {
  /** The request has left for the vendor. */
  open(): void;
  /** The request has left for the relay (`true`), or is about to be sent again because the relay refused it (`false`). */
  sent(isSent: boolean): void;
  /** The relay has no sockets; nothing was sent. `why` is the relay's own sentence. */
  noSockets(why: string): void;
  /** There is no connection and no further attempt. */
  notConnected(error: SpeechError): void;
}

/** The relay's word that the vendor's socket is open and the request handed over (docs/relay-protocol.md). */
const isReady = (data: string): boolean => data.startsWith('{"type":"ready"');

/** Expired, used or revoked: a new one may do. The vendor's own 401 has another reason. */
const isTokenRefused = ({ close }: SpeechError): boolean => close?.reason.startsWith('token_') ?? false;

/** What a question to the relay itself throws: it was free, whatever its status leaves open. */
const free = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((thrown: unknown) => {
    throw rebilled(failedSpeech('audixa', thrown), 'no');
  });

/** Dials once. Resolves when the request has left for the vendor, and then tells `handlers` the rest. */
function dialOnce(
  connection: AudixaConnection,
  request: string,
  WebSocket: SocketConstructor | undefined,
  handlers: DialHandlers,
  keep: (socket: OpenSocket) => void,
  token?: string,
): Promise<void> {
  const { socketUrl, apiKey, relay, redact } = connection;
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
          if (relay) handlers.sent(true);
          else sent();
        },
        text(data) {
          if (isSent) handlers.text(redact(data));
          else if (isReady(data)) sent();
        },
        binary: (bytes) => isSent && handlers.binary(bytes),
        end(heard) {
          // A close frame cuts its reason.
          const ending = { ...heard, reason: redact(heard.reason, true) };
          if (isSent) return handlers.end(ending);
          const error = whyNotReady(ending, connection);
          reject(relay ? ofRelay(error, relay.url, ending.refusal?.body) : error);
        },
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
    const token = await free(link.token(signal));
    signal.throwIfAborted();
    try {
      await dialOnce(connection, request, WebSocket, handlers, keep, token);
    } catch (error) {
      if (!isSpeechError(error)) throw error;
      if (isTokenRefused(error) && mayRenew) {
        link.refused();
        return throughRelay(link, false);
      }
      handlers.sent(false);
      throw (await lackOfSockets(link, error)) ?? error;
    }
  }

  /** Asks the relay why a handshake failed. A page is told nothing of it, and Node only what a proxy answered. */
  async function lackOfSockets(link: RelayLink, error: SpeechError): Promise<SpeechError | undefined> {
    if (!mayLackSockets(error)) return undefined;
    // The relay's twin of the handshake throws what a page could not see, such as a limit.
    if (error.close) await free(link.ask('/diagnose', signal));
    const answer: unknown = await free(link.ask(socketPath, signal)).catch((refused: unknown) => refused);
    return isSpeechError(answer) && answer.status === 426 ? answer : undefined;
  }

  withRetries(connection, {
    transport: 'socket',
    signal,
    isWatched: true,
    before: connection.WebSocket ? undefined : async () => void (WebSocket = await ask('f32le')),
    once: () => (relay ? throughRelay(relay) : dialOnce(connection, request, WebSocket, handlers, keep)),
    // The constructor's own message holds the URL, and the URL the key.
    explain: (thrown) =>
      isSpeechError(thrown)
        ? thrown
        : audixaError('unreachable', 'Audixa could not be reached: no WebSocket could be created.', { billed: 'no' }),
    isFinal: ({ status, code, close }) => !(status || code || (close && close.code >= 4400)),
  }).catch((thrown: unknown) => {
    if (signal.aborted) return;
    const error = isSpeechError(thrown) ? thrown : brokenSocket(thrown, 'no', connection.redact);
    if (relay && error.status === 426) handlers.noSockets(error.message);
    else handlers.notConnected(error);
  });
  return {
    close() {
      closing.abort();
      socket?.close();
    },
  };
}
