import type { CreateSocketServer } from './socket-server.ts';

/** On `ws`. */
export const createSocketServer: CreateSocketServer = () => ({
  upgrade() {
    throw new Error('Not built yet.');
  },
  idle: () => Promise.resolve(),
  close: () => Promise.resolve(),
});
