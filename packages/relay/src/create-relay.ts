import { createSocketServer } from '#socket-server';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { createAccess } from './access/create-access.ts';
import { answerHttp } from './http/answer-http.ts';
import { createMeter } from './limits/create-meter.ts';
import type { RelayContext } from './relay-context.ts';
import { checkRelayOptions } from './check-relay-options.ts';
import type { RelayEvent, RelayOptions } from './relay-options.ts';
import { isOnlyListener } from './socket/only-listener.ts';
import { impatientStore } from './store/impatient-store.ts';

/** What the caller of `upgrade` knows. */
export interface UpgradeInfo {
  /** The client's address. Default: the socket's own peer. */
  readonly ip?: string | undefined;
  /** Answers other paths with 404 instead of leaving them alone. Default: whether the relay is the event's only listener. */
  readonly refuseForeign?: boolean | undefined;
}

/** The server half of saystream. */
export interface Relay {
  /**
   * Answers a request whose path ends in one of the routes of docs/relay-protocol.md. Never rejects.
   *
   * @param info `ip`: the address it came from, where the server knows it
   */
  fetch(request: Request, info?: { readonly ip?: string | undefined }): Promise<Response>;
  /**
   * Takes over the socket of a handshake for a stream: a listener for the `upgrade` event of a `node:http` server, or called by one.
   *
   * It decides at once, by the path alone: other paths, and sockets that another listener reads already, are not touched. As the only
   * listener of the event it answers other paths with 404, because nothing else would.
   *
   * @param info what the caller knows
   * @returns whether the relay took the socket; a refused handshake counts. On false, the socket is still the caller's
   * @throws TypeError in a runtime without `node:http`
   */
  upgrade(request: IncomingMessage, socket: Duplex, head: Uint8Array, info?: UpgradeInfo): boolean;
  /** Ends every token and stream of a user, on all processes that share the store, within a heartbeat. */
  revoke(user: string): Promise<void>;
  /** Lets nothing new in, gives what runs until `graceMs` (default 10,000) to end, then ends it with 4503. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Makes a relay: a web-standard `fetch` and a socket upgrade that speak to the vendors for pages, which never see a key.
 *
 * @throws TypeError when vendors, origins or authorize are missing or wrong, and for limits that are none
 */
export function createRelay(options: RelayOptions): Relay {
  const { origins, upstreams, limits, ...checked } = checkRelayOptions(options);
  const store = impatientStore(checked.store);
  const draining = new AbortController();
  const atWork = new Set<Promise<unknown>>();
  function emit(event: RelayEvent): void {
    try {
      const told: unknown = options.onEvent?.(event);
      // An async listener may reject.
      Promise.resolve(told).catch(() => undefined);
    } catch {
      // A listener's mistake must not change what the page is told.
    }
  }
  const context: RelayContext = {
    options,
    upstreams,
    limits,
    store,
    access: createAccess({ ...options, origins }, limits, store),
    meter: createMeter(limits, store, undefined, emit),
    emit,
    draining: draining.signal,
    async track(work) {
      atWork.add(work);
      try {
        return await work;
      } finally {
        atWork.delete(work);
      }
    },
  };
  const sockets = createSocketServer(context);
  let closed: Promise<void> | undefined;

  /** What the app's own function throws is no address: all such clients share one. */
  function clientIp(request: Request): string | undefined {
    try {
      return options.clientIp?.(request);
    } catch {
      return 'unknown';
    }
  }

  function upgrade(this: unknown, ...[request, socket, head, info]: Parameters<Relay['upgrade']>): boolean {
    const { ip, refuseForeign = isOnlyListener(this, upgrade) } = info ?? {};
    return sockets.upgrade(request, socket, head, { ip, refuseForeign });
  }

  return {
    fetch: (request, info) => context.track(answerHttp(request, context, clientIp(request) ?? info?.ip ?? 'unknown')),
    upgrade,
    revoke: (user) => context.access.revoke(user),
    close: (graceMs = 10_000) => (closed ??= close(graceMs)),
  };

  async function close(graceMs: number): Promise<void> {
    draining.abort();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const grace = new Promise((resolve) => (timer = setTimeout(resolve, graceMs)));
    await Promise.race([Promise.all([Promise.allSettled(atWork), sockets.idle()]), grace]);
    clearTimeout(timer);
    await sockets.close();
    await store.close();
  }
}
