import { relay } from './relay.mjs';

const serve = (request, { remoteAddr }) => {
  if (!new URL(request.url).pathname.startsWith('/speech/')) return new Response('the rest of the app');
  return relay.fetch(request, { ip: remoteAddr.hostname });
};
Deno.serve({ port: Number(process.env.PORT ?? 8080), onListen: ({ port }) => console.log(`http://127.0.0.1:${port}`) }, serve);
