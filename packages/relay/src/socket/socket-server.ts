import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import type { UpgradeInfo } from '../create-relay.ts';
import type { RelayContext } from '../relay-context.ts';

/** The socket half of a relay. */
interface SocketServer {
  /** Takes the socket, or returns false without touching it: another path, or another server has it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Uint8Array, info?: UpgradeInfo): boolean;
  /** Resolves when no stream runs. */
  idle(): Promise<void>;
  /** Ends what still runs with 4503. */
  close(): Promise<void>;
}

/** How a runtime makes one. */
export type CreateSocketServer = (context: RelayContext) => SocketServer;
