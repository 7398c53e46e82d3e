import type { ClientEvent, Http, RetryOptions, SocketConstructor, Timeouts } from '@saystream/core';

/** Everything that one client's calls share. */
export interface AudixaConnection {
  /** The socket's address, without the key. */
  readonly socketUrl: string;
  /** The vendor's key. It enters the socket's URL at the last moment: Audixa documents no other way. */
  readonly apiKey: string;
  /** Calls to the HTTP API. */
  readonly http: Http;
  /** Like `http`, with the shorter patience of a listener who is waiting. */
  readonly recoveryHttp: Http;
  /** Replaces the platform's socket. */
  readonly WebSocket: SocketConstructor | undefined;
  /** Time limits. */
  readonly timeouts: Timeouts;
  /** Retry limits. */
  readonly retry: RetryOptions;
  /** Whether finished files may come from a plain `http:` address: only when the API itself is on loopback. */
  readonly plainFiles: boolean;
  /** Tells the caller what happens. */
  readonly emit: (event: ClientEvent) => void;
}
