import type { CreateSocketServer } from './socket-server.ts';

/** Where there is no `node:http` there is nothing to take over. */
export const createSocketServer: CreateSocketServer = () => ({
  upgrade() {
    throw new TypeError('createRelay: upgrade() needs node:http. On this runtime the relay speaks HTTP alone.');
  },
  idle: () => Promise.resolve(),
  close: () => Promise.resolve(),
});
