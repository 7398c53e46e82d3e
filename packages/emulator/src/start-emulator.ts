import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { WebSocketServer } from 'ws';

import { answerOf, type Answer } from './audixa/audixa-bodies.ts';
import { answerAudixa, refusalHeaders, type HttpContext } from './audixa/audixa-http.ts';
import { createJobs } from './audixa/audixa-jobs.ts';
import { converse } from './audixa/audixa-socket.ts';
import { answerControl, scenarioList } from './control-endpoints.ts';
import type { LedgerEntry } from './ledger.ts';
import { keyOfScenario, knobsOfKey, plainKey } from './scenario-key.ts';
import type { Knobs } from './scenario-table.ts';
import { toneVoice } from './tone-voice.ts';

/** Options of `startEmulator`. */
export interface EmulatorOptions {
  /** TCP port; 0 (the default) takes a free one. */
  readonly port?: number;
  /** Address to listen on. Default `127.0.0.1`; anything else opens the emulator to the network. */
  readonly host?: string;
  /** What a text sounds like: samples at 24,000 Hz, mono, in [-1, 1]. Default `toneVoice`. */
  readonly voice?: (text: string) => Float32Array | Promise<Float32Array>;
  /** How fast audio is made, in × real time. Default 2; `Infinity` sends everything at once. */
  readonly rate?: number;
}

/** A running emulator. */
export interface Emulator {
  /** Its origin; a page for people is there. */
  readonly url: string;
  /** The emulated Audixa. */
  readonly audixa: {
    /** What a client's `baseUrl` takes. */
    readonly baseUrl: string;
    /** The streaming endpoint, without a key. */
    readonly wsUrl: string;
    /** The key that behaves. */
    readonly apiKey: string;
  };
  /** Every scenario: its name, or the pattern of its names, and what happens. */
  readonly scenarios: readonly { readonly name: string; readonly description: string }[];
  /** Every accepted generation, oldest first. */
  readonly ledger: readonly LedgerEntry[];
  /**
   * The API key that misbehaves as named; names are joined with `~`.
   *
   * @throws RangeError for an unknown name
   */
  scenario(name: string): string;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** Decides about a key: who it is, and whether the scenario refuses it this time. */
function createGate(): HttpContext['admit'] {
  const refused = new Map<string, number>();
  return (apiKey) => {
    const knobs = knobsOfKey(apiKey);
    const { refuse } = knobs ?? {};
    if (!refuse || !apiKey) return { knobs, refusal: undefined };
    const times = (refused.get(apiKey) ?? 0) + 1;
    refused.set(apiKey, times);
    return { knobs, refusal: times <= refuse.times ? answerOf(refuse.status) : undefined };
  };
}

function refuseUpgrade(socket: Socket, knobs: Knobs | undefined, answer: Answer): void {
  const headers = { ...refusalHeaders(knobs, answer), 'content-length': String(Buffer.byteLength(answer.body)), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${answer.status} Refused\r\n${lines.join('')}\r\n${answer.body}`);
}

type Upgrade = (request: IncomingMessage, socket: Socket, head: Buffer) => void;

/** Answers handshakes: the scenario may refuse or ignore them; a wrong key is accepted and then told. */
function createUpgrade(context: HttpContext, sockets: WebSocketServer): Upgrade {
  return (request, socket, head) => {
    socket.on('error', () => undefined);
    const { pathname, searchParams } = new URL(request.url ?? '/', context.origin);
    const apiKey = searchParams.get('api_key') ?? '';
    const { knobs, refusal } = context.admit(apiKey);
    if (pathname !== '/v3/tts/stream') return refuseUpgrade(socket, knobs, answerOf(404));
    if (refusal) return refuseUpgrade(socket, knobs, refusal);
    if (knobs?.handshake === 'stall') return;
    if (knobs?.handshake === 'refuse-key') return refuseUpgrade(socket, knobs, answerOf(403));
    sockets.handleUpgrade(request, socket, head, (client) => void converse(client, socket, { apiKey, knobs }, context));
  };
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/**
 * Starts the vendors' APIs on this machine. Scenarios are chosen by the API key that a client uses.
 *
 * @throws whatever listening can throw, such as `EADDRINUSE`
 */
export async function startEmulator({ port = 0, host = '127.0.0.1', voice = toneVoice, rate = 2 }: EmulatorOptions = {}): Promise<Emulator> {
  const jobs = createJobs();
  const server = createServer();
  await listen(server, port, host);
  const url = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${(server.address() as AddressInfo).port}`;
  const context: HttpContext = { jobs, origin: url, rate, voice, admit: createGate() };
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', (request, response) => {
    void answerAudixa(request, response, context).then(async (answered) => {
      if (!answered) await answerControl(new URL(request.url ?? '/', url), response, { origin: url, ledger: jobs.ledger, voice });
    });
  });
  server.on('upgrade', createUpgrade(context, sockets));

  return {
    url,
    audixa: { baseUrl: `${url}/v3`, wsUrl: `${url.replace('http', 'ws')}/v3/tts/stream`, apiKey: plainKey },
    scenarios: scenarioList,
    ledger: jobs.ledger,
    scenario: keyOfScenario,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of sockets.clients) client.terminate();
        for (const connection of connections) connection.destroy();
      }),
  };
}
