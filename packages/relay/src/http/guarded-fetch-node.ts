import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

import { followGuarded, GuardError, type FetchRules, type GuardedFetch } from './guarded-fetch.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address-node.ts';

/** Finds the addresses of a name; replaced in tests. */
export type ResolveName = (hostname: string, answer: (error: Error | null, addresses: readonly LookupAddress[]) => void) => void;

const resolveName: ResolveName = (hostname, answer) => systemLookup(hostname, { all: true }, answer);

/**
 * The only look at the name: the connection goes to what was checked here, so that a name which stands for another address
 * in the next moment gains nothing. One bad address among good ones refuses them all.
 */
const guardedLookup =
  (resolve: ResolveName, isAllowed: (address: string) => boolean): LookupFunction =>
  (hostname, options, answer) => {
    resolve(hostname, (error, addresses) => {
      if (error) return answer(error, '');
      const bad = addresses.length === 0 || !addresses.every(({ address }) => isAllowed(address));
      if (bad) return answer(new GuardError('refused', 'No public address.'), '');
      if (options.all) answer(null, [...addresses]);
      else answer(null, addresses[0]!.address, addresses[0]!.family);
    });
  };

const passed = [
  'content-type',
  'content-length',
  'content-range',
  'content-encoding',
  'accept-ranges',
  'location',
  'date',
  'retry-after',
];

/** The body as it is asked for, and no piece ahead: `Readable.toWeb` of Node 20 queues 16,384 pieces. */
function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  const pieces = message.iterator() as AsyncIterableIterator<Uint8Array>;
  // A connection may break before the first piece is asked for. The iterator tells of it then.
  message.on('error', () => undefined);
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => void message.destroy(),
    },
    { highWaterMark: 0 },
  );
}

function toResponse(message: IncomingMessage): Response {
  const headers = new Headers();
  for (const name of passed) {
    const value = message.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const status = message.statusCode ?? 0;
  if (status < 200 || status > 599) {
    message.destroy();
    throw new GuardError('refused', 'No status of an answer.');
  }
  if (status === 204 || status === 205 || status === 304) {
    message.destroy();
    return new Response(null, { status, headers });
  }
  return new Response(bodyOf(message), { status, headers });
}

/** Asks one address that was checked as far as its letters tell. No key, no cookie, no pooled connection. */
function askOnce(url: URL, { allowLoopback, range, signal }: FetchRules, resolve: ResolveName): Promise<Response> {
  const isAllowed = (address: string) => isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address));
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  // Literal addresses are never looked up.
  if (isIP(hostname) && !isAllowed(hostname)) return Promise.reject(new GuardError('refused', 'No public address.'));
  const send = url.protocol === 'http:' ? requestPlain : requestTls;
  return new Promise((fulfil, reject) => {
    const request = send(url, {
      agent: false,
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'saystream-relay', ...(range && { range }) },
      lookup: guardedLookup(resolve, isAllowed),
      signal,
    });
    request.once('response', (message) => {
      try {
        fulfil(toResponse(message));
      } catch (error) {
        reject(error);
      }
    });
    request.on('error', (error) => {
      reject(error instanceof GuardError ? error : new GuardError('unreachable', 'The host of the file cannot be reached.'));
    });
    request.end();
  });
}

/** Makes a fetch that looks names up with `resolve`. */
export const createGuardedFetch =
  (resolve: ResolveName = resolveName): GuardedFetch =>
  (address, rules) =>
    followGuarded(address, rules, (url) => askOnce(url, rules, resolve));

/** Fetches files from public addresses. */
export const guardedFetch: GuardedFetch = createGuardedFetch();
