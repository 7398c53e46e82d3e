import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { createAudixaApi } from './audixa/audixa-api.ts';
import type { AudixaContext } from './audixa/audixa-context.ts';
import { createAudixaFiles } from './audixa/audixa-files.ts';
import { createHandshake } from './audixa/audixa-handshake.ts';
import { createJobs } from './audixa/audixa-jobs.ts';
import { createClock, type EmulatorClock } from './clock.ts';
import { answerControl, type Followed } from './control-endpoints.ts';
import { createCallFates } from './http/call-fates.ts';
import { serveVendor } from './http/serve-vendor.ts';
import type { VendorContext } from './http/vendor-api.ts';
import { createLedger, type LedgerEntry } from './ledger.ts';
import { createMoknahApi } from './moknah/moknah-api.ts';
import { createSautiApi } from './sauti/sauti-api.ts';
import { keyOfScenario, plainKey } from './scenario-key.ts';
import { scenarioList, type Scenario } from './scenario-list.ts';
import { createSpeechCache, type VoiceFunction } from './speech-cache.ts';
import { toneVoice } from './tone-voice.ts';

/** Options of `startEmulator`. */
export interface EmulatorOptions {
  /** TCP port. Default 0: a free one. */
  readonly port?: number;
  /** Address to listen on. Default `127.0.0.1`; anything else opens the emulator to the network. */
  readonly host?: string;
  /**
   * What a text sounds like: samples at 24,000 Hz, mono, in [-1, 1], the same for the same text in the same style. It is told the
   * vendor, the id of the voice and the speed that were asked for, and makes them heard. Default: a tone for each character,
   * the same for all voices.
   */
  readonly voice?: VoiceFunction;
  /** How fast audio is made, in × real time, above 0. Default 2; `Infinity` sends everything at once. */
  readonly rate?: number;
}

/** A running emulator. */
export interface Emulator {
  /** Its origin; a page for people is there. */
  readonly url: string;
  /** The emulated Audixa. */
  readonly audixa: {
    /** What a client's `baseUrl` takes: `url` and `/v3`. */
    readonly baseUrl: string;
    /** The streaming endpoint, without a key. */
    readonly wsUrl: string;
    /** The key that behaves. */
    readonly apiKey: string;
  };
  /** The emulated SAUTI. */
  readonly sauti: {
    /** What a client's `baseUrl` takes: `url` and `/v1`. */
    readonly baseUrl: string;
    /** The key that behaves. */
    readonly apiKey: string;
  };
  /** The emulated Moknah. */
  readonly moknah: {
    /** What a client's `baseUrl` takes: `url` and `/api/v1`. */
    readonly baseUrl: string;
    /** The key that behaves. */
    readonly apiKey: string;
  };
  /** Time, which can be moved forward: jobs finish, minutes pass, files expire. */
  readonly clock: EmulatorClock;
  /** Every scenario: its name, or the pattern of its names, and what happens. */
  readonly scenarios: readonly Scenario[];
  /** Every accepted generation, oldest first. It grows while the emulator runs. */
  readonly ledger: readonly LedgerEntry[];
  /**
   * The API key that misbehaves as named; names are joined with `~`, and a later one overrides an earlier one.
   *
   * @throws RangeError for an unknown name; it lists the known ones
   */
  scenario(name: string): string;
  /** Ends every connection and timer, and stops listening. */
  close(): Promise<void>;
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host);
  return `http://${reachable}:${port}`;
}

/** The address that the client used, so that it can use it again; undefined when it makes no sense. */
function addressed({ url = '/', headers }: IncomingMessage): URL | undefined {
  try {
    return new URL(`http://${headers.host ?? 'localhost'}${url}`);
  } catch {
    return undefined;
  }
}

/** A server that can be ended at once. */
function createEndableServer(): { readonly server: Server; end(): Promise<void> } {
  const server = createServer();
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => connections.delete(socket));
  });
  const end = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const connection of connections) connection.destroy();
    });
  return { server, end };
}

/**
 * Starts the vendors' APIs on this machine. Scenarios are chosen by the API key that a client uses.
 *
 * @throws RangeError for a `rate` that is not above 0, and whatever listening can throw, such as `EADDRINUSE`
 */
export async function startEmulator({
  port = 0,
  host = '127.0.0.1',
  voice = toneVoice,
  rate = 2,
}: EmulatorOptions = {}): Promise<Emulator> {
  if (!(rate > 0)) throw new RangeError(`rate must be above 0 (× real time), not ${rate}`);
  const clock = createClock();
  const ledger = createLedger(clock);
  const vendors: VendorContext = { clock, ledger, speak: createSpeechCache(voice), rate };
  const fates = createCallFates();
  const context: AudixaContext = { ...vendors, jobs: createJobs(ledger, clock), fates };
  const audixa = createAudixaApi(context);
  const served = [audixa, createAudixaFiles(context), createSautiApi(vendors), createMoknahApi(vendors)].map((api) =>
    serveVendor(api, fates, clock),
  );
  const followed: Followed[] = [];
  const { server, end } = createEndableServer();

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = addressed(request);
    if (!url) return void response.writeHead(400).end();
    for (const serve of served) if (await serve(request, response, url)) return;
    await answerControl(request, url, response, { ...vendors, ledger: ledger.entries, followed });
  }
  server.on('request', (request, response) => {
    // A voice that failed, or a client that left in the middle of its request.
    respond(request, response).catch(() => (response.headersSent ? response.destroy() : response.writeHead(500).end()));
  });
  const handshake = createHandshake(context, audixa);
  server.on('upgrade', (request, socket: Socket, head) => {
    const url = addressed(request);
    if (url) handshake(request, url, socket, head);
    else socket.destroy();
  });

  await listen(server, port, host);
  const url = addressOf(server, host);
  return {
    url,
    audixa: { baseUrl: `${url}/v3`, wsUrl: `${url.replace('http', 'ws')}/v3/tts/stream`, apiKey: plainKey },
    sauti: { baseUrl: `${url}/v1`, apiKey: plainKey },
    moknah: { baseUrl: `${url}/api/v1`, apiKey: plainKey },
    clock: { now: clock.now, advance: clock.advance },
    scenarios: scenarioList,
    ledger: ledger.entries,
    scenario: keyOfScenario,
    close: end,
  };
}
