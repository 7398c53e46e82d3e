// Loaded before a sample (`node --import`): requests to the vendors' hosts go to the emulator, so that the text of the sample
// stays as it is printed. Other hosts are refused. A port that a sample listens on is replaced by a free one, and the parent
// process receives its number.
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { Server, Socket } from 'node:net';

const emulator = new URL(process.env.SAMPLE_EMULATOR);
const hosts = ['api.audixa.ai', 'sauti.finiflowlabs.com', 'moknah.io'];

const { fetch } = globalThis;
globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (!hosts.includes(url.hostname)) return fetch(input, init);
  const emulated = new URL(url.pathname + url.search, emulator);
  return fetch(input instanceof Request ? new Request(emulated, input) : emulated, init);
};

// `ws` opens its sockets with https.request.
const { request } = https;
https.request = (options, ...rest) => {
  if (!hosts.includes(options.host)) return request(options, ...rest);
  const { hostname: host, port } = emulator;
  return http.request({ ...options, host, port, servername: undefined, createConnection: undefined }, ...rest);
};
syncBuiltinESMExports();

const { listen } = Server.prototype;
Server.prototype.listen = function (port, ...rest) {
  const isFixed = typeof port === 'number' && port > 0;
  if (isFixed) this.once('listening', () => process.send?.({ printed: port, port: this.address().port }));
  return listen.call(this, isFixed ? 0 : port, ...rest);
};

const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  // Node passes its own calls one array: [options, listener].
  const [options] = args.flat();
  const host = options?.host ?? 'localhost';
  if (!['localhost', '127.0.0.1', '::1'].includes(host)) throw new Error(`A sample may not connect to ${host}.`);
  return connect.apply(this, args);
};
