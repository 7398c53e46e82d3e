export { relayHandler } from './relay-handler.ts';
