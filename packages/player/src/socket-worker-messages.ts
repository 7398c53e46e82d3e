/** How samples lie in the binary frames: 32-bit floats or 16-bit integers, little-endian, mono. */
export type WireEncoding = 'f32le' | 's16le';

/** Page to worker, with both ports transferred: dial, tell `page` all that happens and `sound` the samples. */
export interface SocketJob {
  readonly url: string;
  readonly protocols: string | string[] | undefined;
  readonly encoding: WireEncoding;
  readonly page: MessagePort;
  /** Leads to the audio thread. It takes `PcmRequest`s. */
  readonly sound: MessagePort;
}

/** What the page wants of its socket. */
export type SocketRequest = { readonly send: string } | { readonly close: readonly [code?: number, reason?: string] };

/** What happened to the socket, as its event of that type said. */
export interface SocketNews {
  readonly type: 'open' | 'message' | 'error' | 'close';
  readonly data?: string | ArrayBuffer;
  readonly code?: number;
  readonly reason?: string;
  readonly wasClean?: boolean;
  readonly protocol?: string;
}

/** The worker's first message is this, a space, and its origin. */
export const workerProtocol = 'saystream-socket-2';
