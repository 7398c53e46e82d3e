import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import type { RelayContext } from '../relay-context.ts';

/** The socket half of a relay. */
interface SocketServer {
  upgrade(request: IncomingMessage, socket: Duplex, head: Uint8Array, info?: { readonly ip?: string | undefined }): void;
  /** Resolves when no stream runs. */
  idle(): Promise<void>;
  /** Ends what still runs with 4503. */
  close(): Promise<void>;
}

/** How a runtime makes one. */
export type CreateSocketServer = (context: RelayContext) => SocketServer;
