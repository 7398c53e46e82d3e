import { createServer } from 'node:http';

import { relayHandler } from '@saystream/relay/node';

import { relay } from './relay.mjs';

const toRelay = relayHandler(relay);
const server = createServer((request, response) => {
  if (request.url.startsWith('/speech/')) return toRelay(request, response);
  response.end('the rest of the app');
});
server.on('upgrade', relay.upgrade);
server.listen(process.env.PORT ?? 8080, () => console.log(`http://127.0.0.1:${server.address().port}`));

process.once('SIGTERM', async () => {
  server.close();
  await relay.close(); // lets streams end, for 10 seconds at most
  process.exit();
});
