export type { ProxyTrust } from './client-address.ts';
export { relayHandler, relayUpgrade } from './relay-handler.ts';
export { serveRelay, type RelayServer, type ServeRelayOptions } from './serve-relay.ts';
