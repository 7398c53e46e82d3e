import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Relay } from '../create-relay.ts';

/** Makes a `(req, res)` handler of a relay, for `node:http` and all that stand on it. */
export function relayHandler(_relay: Relay): (request: IncomingMessage, response: ServerResponse) => void {
  throw new Error('Not built yet.');
}
