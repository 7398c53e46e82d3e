import type { ClientOptions } from 'saystream';
import { WebSocket } from 'ws';

/** Options of a client that reaches a relay of a demo server as its page does: with the page's origin. For tests in Node. */
export function clientsOfDemo(demoUrl: string, relay: string): ClientOptions {
  const { origin } = new URL(demoUrl);
  class PageSocket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { origin });
    }
  }
  return {
    relay: demoUrl + relay.slice(1),
    relayHeaders: () => ({ origin }),
    WebSocket: PageSocket,
    fetch: (input, init) => {
      const request = new Request(input, init);
      request.headers.set('origin', origin);
      return fetch(request);
    },
    retry: { tries: 1 },
  };
}
