import type { DialSocket, ExplainRefusal } from './socket-like.ts';

/**
 * Dials with the runtime's own WebSocket. It is looked up when connecting, so that one installed later is used.
 *
 * @throws TypeError when the runtime has none
 */
export const dialSocket: DialSocket = (url, protocols, _onRefused, Constructor = globalThis.WebSocket) => {
  if (!Constructor) throw new TypeError('This runtime has no WebSocket: pass one as the `WebSocket` option.');
  return { socket: new Constructor(url, [...protocols]) };
};

/** Browsers hide why a handshake failed. */
export const whyRefused: ExplainRefusal = () => undefined;

/** There is no `ws` here to advise on. */
export const brokenSocketAdvice = undefined;
