import { serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';

import { relay } from './relay.mjs';

const app = new Hono();
app.all('/speech/*', (c) => relay.fetch(c.req.raw, { ip: getConnInfo(c).remote.address }));
app.get('/', (c) => c.text('the rest of the app'));

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 8080) }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}`),
);
server.on('upgrade', relay.upgrade);
