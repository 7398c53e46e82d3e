import { networkFaultOf } from '#isomorphic-network-fault';
import { brokenSocketAdvice as advice, dialSocket, whyRefused as explainRefusal } from '#isomorphic-socket';

import type { DialSocket, ExplainRefusal, HandshakeRefusal, SocketConstructor, SocketEvent } from './socket-like.ts';

/** How a connection ended, or why there never was one. */
export interface SocketEnding {
  /** Whether the socket had opened. */
  readonly opened: boolean;
  /** The close code; 1006 when the connection ended without a close frame. */
  readonly code: number;
  /** The server's reason, often empty. */
  readonly reason: string;
  /** Whether the closing handshake was complete. */
  readonly wasClean: boolean;
  /** The HTTP answer to a refused handshake, where the platform shows it. */
  readonly refusal?: HandshakeRefusal;
  /** The system's error code, such as `ECONNREFUSED`, where the platform shows it. */
  readonly networkCode?: string;
  /** What a handler or `send` threw. The connection was dropped for it. */
  readonly thrown?: unknown;
}

/** What an open socket tells. `end` is called exactly once, and last, unless `close` was called before. */
export interface SocketHandlers {
  /** The socket is open. */
  open(): void;
  /** A text frame. */
  text(data: string): void;
  /** A binary frame. */
  binary(bytes: Uint8Array): void;
  /** The connection is over. */
  end(ending: SocketEnding): void;
}

/** A connection being made or open. */
export interface OpenSocket {
  /** Sends a text frame. What the platform throws ends the connection, and `end` tells it. */
  send(data: string): void;
  /** Ends the connection; no handler is called any more. A peer that does not answer is dropped after 3 s. Never throws. */
  close(): void;
}

/** Why a handshake failed, where the platform shows it. */
export const whyRefused: ExplainRefusal = explainRefusal;

/** What to do when a socket's own code throws; undefined where there is no `ws`. */
export const brokenSocketAdvice: string | undefined = advice;

const closeAnswerMs = 3_000;
/** Some runtimes tell of a failed handshake by `error` alone and never by `close`. */
const closeAfterErrorMs = 250;
const normalClosure = 1000;
const noCloseFrame = 1006;

const asBytes = (data: unknown): Uint8Array | undefined => {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return undefined;
};

function tellMessage(data: unknown, handlers: SocketHandlers): void {
  if (typeof data === 'string') return handlers.text(data);
  const bytes = asBytes(data);
  if (bytes) handlers.binary(bytes);
}

/** Drops the connection: without a closing handshake where the platform can. Whatever an injected class throws, it has ended for us. */
function dropSocket({ socket, terminate }: ReturnType<DialSocket>): void {
  try {
    if (terminate) terminate();
    else socket.close();
  } catch {
    // Nothing is left to end.
  }
}

/**
 * Dials and reports what happens through `handlers`. Whichever of error, close and refusal comes first is the end. An
 * exception inside a listener would end a Node program, so whatever a handler throws ends the connection instead.
 *
 * @throws TypeError when the runtime has no WebSocket; whatever the constructor throws for a bad URL
 */
export function openSocket(
  url: string,
  handlers: SocketHandlers,
  Constructor?: SocketConstructor,
  protocols: readonly string[] = [],
): OpenSocket {
  let phase: 'dialling' | 'open' | 'over' = 'dialling';
  let networkCode: string | undefined;

  const end = (ending: Partial<SocketEnding>) => {
    if (phase === 'over') return;
    const opened = phase === 'open';
    phase = 'over';
    handlers.end({ code: noCloseFrame, reason: '', wasClean: false, opened, ...(networkCode && { networkCode }), ...ending });
  };
  const dialled = dialSocket(url, protocols, (refusal) => guarded(() => end({ refusal })), Constructor);
  const { socket } = dialled;
  socket.binaryType = 'arraybuffer';

  const drop = () => dropSocket(dialled);
  function guarded(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      const isOver = phase === 'over';
      drop();
      if (!isOver) end({ thrown });
    }
  }
  const listen = (type: string, listener: (event: SocketEvent) => void) =>
    socket.addEventListener(type, (event) => guarded(() => listener(event)));

  listen('open', () => {
    if (phase !== 'dialling') return;
    phase = 'open';
    handlers.open();
  });
  listen('message', ({ data }) => {
    if (phase !== 'over') tellMessage(data, handlers);
  });
  listen('error', (event) => {
    networkCode ??= networkFaultOf((event as { error?: unknown }).error).code;
    setTimeout(() => {
      if (phase === 'over') return;
      guarded(() => end({}));
      drop();
    }, closeAfterErrorMs);
  });
  listen('close', ({ code = noCloseFrame, reason = '', wasClean = false }) => {
    end({ code, reason, wasClean });
  });

  return {
    send: (data) => guarded(() => socket.send(data)),
    close() {
      if (phase === 'over') return;
      phase = 'over';
      guarded(() => socket.close(normalClosure));
      const timer = setTimeout(drop, closeAnswerMs);
      socket.addEventListener('close', () => clearTimeout(timer));
    },
  };
}
