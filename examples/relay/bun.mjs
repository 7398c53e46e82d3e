// HTTP alone: see the table in the README of @saystream/relay.
import { relay } from './relay.mjs';

const server = Bun.serve({
  port: process.env.PORT ?? 8080,
  idleTimeout: 120, // seconds; Bun's own ten would end a request that waits in a line
  fetch(request, bun) {
    if (!new URL(request.url).pathname.startsWith('/speech/')) return new Response('the rest of the app');
    return relay.fetch(request, { ip: bun.requestIP(request)?.address });
  },
});
console.log(`http://127.0.0.1:${server.port}`);
