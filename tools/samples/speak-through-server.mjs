// Runs a sample that is a relay, and speaks through it as a page of an allowed origin does.
import { createAudixa } from 'saystream';
import { WebSocket } from 'ws';

import { startSample, writeSample } from './run-node-samples.mjs';

/** The origin that relays of samples allow, and the cookie that their `authorize` accepts. */
const origin = 'https://app.example';
const cookie = 'session=amina';

/** A client with the headers that a browser adds. */
function createPageClient(port) {
  return createAudixa({
    relay: `http://127.0.0.1:${port}/speech`,
    retry: { tries: 1 },
    fetch: (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set('origin', origin);
      headers.set('cookie', cookie);
      return fetch(url, { ...init, headers });
    },
    WebSocket: class extends WebSocket {
      constructor(url, protocols) {
        super(url, protocols, { origin });
      }
    },
  });
}

/** @returns {Promise<string | undefined>} what went wrong */
export async function speakThroughServer(project, sample, emulator) {
  const server = startSample(writeSample(project, sample), emulator);
  try {
    const port = await server.listening;
    const speech = createPageClient(port).voice('am_ethan').say('Hello through the relay.');
    const { verdict, samples, error } = await speech.outcome;
    return verdict === 'completed' && samples > 0 ? undefined : `the speech is ${verdict}: ${error?.message}`;
  } catch (error) {
    return error.message;
  } finally {
    server.stop();
    await server.exited;
  }
}
