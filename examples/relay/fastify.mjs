import { relayHandler } from '@saystream/relay/node';
import Fastify from 'fastify';

import { relay } from './relay.mjs';

const app = Fastify();
app.get('/', () => 'the rest of the app');
app.register(async (speech) => {
  // The relay reads bodies itself.
  speech.removeAllContentTypeParsers();
  speech.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const toRelay = relayHandler(relay);
  speech.all('/speech/*', (request, reply) => {
    reply.hijack();
    toRelay(request.raw, reply.raw);
  });
});
app.server.on('upgrade', relay.upgrade);

console.log(await app.listen({ port: Number(process.env.PORT ?? 8080), host: '127.0.0.1' }));
