import type { SpeechError } from '@saystream/errors';

import type { SocketEnding } from './open-socket.ts';

/** The parts of a socket's events that are read here; DOM, `ws` and other runtimes all offer them. */
export interface SocketEvent {
  /** `open`, `message`, `error` or `close`. */
  readonly type: string;
  /** Of a `message`: text, or bytes as `binaryType` says. */
  readonly data?: unknown;
  /** Of a `close`: the close code. */
  readonly code?: number;
  /** Of a `close`: the reason the server gave. */
  readonly reason?: string;
  /** Of a `close`: whether the closing handshake was complete. */
  readonly wasClean?: boolean;
}

/** The least that a WebSocket must offer. The DOM's and the `ws` package's do. */
export interface SocketLike {
  /** Set to `arraybuffer` before the first message. */
  binaryType: string;
  /** Sends a text frame. */
  send(data: string): void;
  /** Starts the closing handshake. */
  close(code?: number, reason?: string): void;
  /** Listens for `open`, `message`, `error` and `close`. */
  addEventListener(type: string, listener: (event: SocketEvent) => void): void;
}

/** A WebSocket class, such as `globalThis.WebSocket`. */
export type SocketConstructor = new (url: string, protocols?: string | string[]) => SocketLike;

/** A handshake that the server answered with an HTTP response instead. Only Node can see it. */
export interface HandshakeRefusal {
  /** HTTP status. */
  readonly status: number;
  /** Response headers. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The start of the body, as text. */
  readonly body: string;
}

/** A socket being dialled, with what only the platform can do. */
interface DialledSocket {
  /** The socket itself. */
  readonly socket: SocketLike;
  /** Drops the connection without a closing handshake, where the platform can. */
  terminate?(): void;
}

/**
 * How a platform dials. `onRefused` is called at most once, instead of a `close` event. An injected class shows a handshake's
 * status and can terminate only where it is the class of `ws` or a subclass.
 */
export type DialSocket = (
  url: string,
  protocols: readonly string[],
  onRefused: (refusal: HandshakeRefusal) => void,
  Constructor?: SocketConstructor,
) => DialledSocket;

/** Explains a failed handshake where the platform shows why; undefined elsewhere. */
export type ExplainRefusal = (
  ending: Pick<SocketEnding, 'opened' | 'refusal' | 'networkCode'>,
  of: { readonly vendor: string; readonly name: string; readonly parseError: (refusal: HandshakeRefusal) => SpeechError },
) => SpeechError | undefined;
