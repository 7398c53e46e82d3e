import { relayHandler } from '@saystream/relay/node';
import express from 'express';

import { relay } from './relay.mjs';

const app = express();
app.use('/speech', relayHandler(relay)); // before or after express.json()
app.get('/', (_request, response) => response.send('the rest of the app'));

const server = app.listen(process.env.PORT ?? 8080, () => console.log(`http://127.0.0.1:${server.address().port}`));
server.on('upgrade', relay.upgrade);
