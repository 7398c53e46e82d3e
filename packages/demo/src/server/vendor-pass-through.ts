import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import { WebSocket, WebSocketServer } from 'ws';

import { isFromOwnPage } from './own-page.ts';
import { joinSockets } from './join-sockets.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

/** Where the page finds the real vendor: `{mount}/v3/tts/stream` and `{mount}/v3/voices`. */
export const vendorMount = '/real-audixa';

const handshakeLimitMs = 10_000;
const answerLimitMs = 30_000;
const mostBytesPerFrame = 16 * 1024 * 1024;
const answerHeaders = ['content-type', 'retry-after', 'ratelimit', 'ratelimit-reset', 'x-ratelimit-reset', 'date'];
const voicesQuery = ['model', 'limit', 'offset'];

export interface VendorPassThroughOptions {
  /** The vendor's secret key. It is sent to `baseUrl` and nowhere else, and never written anywhere. */
  readonly apiKey: string;
  /** The vendor's origin. */
  readonly baseUrl: string;
}

export interface VendorPassThrough {
  /** Answers `GET /v3/voices` from our own page; false when the path is not its own. */
  request(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Joins a page's socket with one to the vendor. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/**
 * Lets our own page speak through the real vendor with a key that stays in this process. Frames, close codes and
 * reasons, and a refused handshake's status pass as they are, so that the page sees what the vendor really did.
 *
 * @throws TypeError when `baseUrl` is neither https nor on this machine
 */
export function createVendorPassThrough({ apiKey, baseUrl }: VendorPassThroughOptions): VendorPassThrough {
  const { origin, protocol, hostname } = new URL(baseUrl);
  if (protocol !== 'https:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)) {
    throw new TypeError('The vendor must be reached over https: the key would travel unprotected.');
  }
  const withoutKey = (text: string): string => text.replaceAll(apiKey, '[key]').replaceAll(encodeURIComponent(apiKey), '[key]');
  const pages = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: mostBytesPerFrame });
  const vendors = new Set<WebSocket>();

  return {
    async request(request, response) {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (url.pathname !== `${vendorMount}/v3/voices`) return false;
      if (!isFromOwnPage(request.headers, request.socket.localPort ?? 0)) {
        answer(response, 403, {}, JSON.stringify({ detail: 'Only the demo page may use this.' }));
        return true;
      }
      const query = new URLSearchParams([...url.searchParams].filter(([name]) => voicesQuery.includes(name)));
      const { status, headers, body } = await fetchVoices(`${origin}/v3/voices?${query}`, apiKey);
      answer(response, status, headers, withoutKey(body));
      return true;
    },

    upgrade(request, socket, head) {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname !== `${vendorMount}/v3/tts/stream`) return refuseUpgrade(socket, 404);
      const fromBrowser = request.headers.origin !== undefined;
      if (!fromBrowser || !isFromOwnPage(request.headers, request.socket.localPort ?? 0)) return refuseUpgrade(socket, 403);

      const url = `${origin.replace(/^http/, 'ws')}/v3/tts/stream?api_key=${encodeURIComponent(apiKey)}`;
      const vendor = new WebSocket(url, {
        perMessageDeflate: false,
        handshakeTimeout: handshakeLimitMs,
        maxPayload: mostBytesPerFrame,
      });
      vendors.add(vendor);
      const giveUp = (): void => vendor.terminate();
      socket.once('close', giveUp);
      // The message of this error can hold the URL, and the URL holds the key: it is dropped here.
      vendor.once('error', () => refuseUpgrade(socket, 502));
      vendor.once('unexpected-response', (_request, { statusCode = 502 }: IncomingMessage) => {
        refuseUpgrade(socket, statusCode >= 400 ? statusCode : 502);
        vendor.terminate();
      });
      vendor.once('close', () => vendors.delete(vendor));
      vendor.once('open', () => {
        vendor.removeAllListeners('error');
        socket.off('close', giveUp);
        pages.handleUpgrade(request, socket, head, (page) => joinSockets(page, vendor, withoutKey));
      });
    },

    close() {
      for (const socket of [...vendors, ...pages.clients]) socket.terminate();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function fetchVoices(url: string, apiKey: string): Promise<Answer> {
  const unreachable = { status: 502, headers: {}, body: JSON.stringify({ detail: 'The vendor could not be reached.' }) };
  try {
    const response = await fetch(url, {
      headers: { 'x-api-key': apiKey },
      // A redirect would carry the key to another host.
      redirect: 'manual',
      signal: AbortSignal.timeout(answerLimitMs),
    });
    if (response.status >= 300 && response.status < 400) return unreachable;
    const headers = Object.fromEntries([...response.headers].filter(([name]) => answerHeaders.includes(name)));
    return { status: response.status, headers, body: await response.text() };
  } catch {
    return unreachable;
  }
}

function answer(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}
