import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Clock } from './clock.ts';
import type { LedgerEntry } from './ledger.ts';
import { emulatorPage, pagePolicy } from './page/emulator-page.ts';
import { ledgerTable } from './page/ledger-table.ts';
import { pageScript } from './page/page-script.ts';
import { resample, voiceRate } from './resample.ts';
import { scenarioList } from './scenario-list.ts';
import { scenarioGroups } from './scenario-table.ts';
import type { Speak } from './speech-cache.ts';

/** A request that followed a redirect of `redirect-<status>`: tests look whether it brought the key along. */
export interface Followed {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

/** What the endpoints of the emulator itself show. */
export interface ControlContext {
  readonly clock: Clock;
  readonly followed: Followed[];
  readonly ledger: readonly LedgerEntry[];
  readonly speak: Speak;
}

/** Every origin may call: the answers are for tests in pages. */
const open = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'x-api-key, xi-api-key, authorization, content-type',
  'cache-control': 'no-store',
};

/** A number of the address, or `otherwise`. @throws RangeError for one that makes no sense there */
function numberOf(query: URLSearchParams, name: string, otherwise: number, [least, most]: readonly [number, number]): number {
  const value = Number(query.get(name) ?? otherwise);
  if (value >= least && value <= most) return value;
  throw new RangeError(`${name} must be a number from ${least} to ${most}`);
}

/** What a text sounds like in a voice (none), at a rate (24,000 Hz) and a speed (1): what tests compare with. */
async function hear(query: URLSearchParams, speak: ControlContext['speak']): Promise<Float32Array> {
  const rate = numberOf(query, 'rate', voiceRate, [1_000, 9_999_999]);
  const speed = numberOf(query, 'speed', 1, [0.1, 10]);
  const voiceId = query.get('voice') ?? '';
  return resample(await speak(query.get('text') ?? '', { vendor: 'audixa', voiceId, speed }), rate);
}

/** Answers the emulator's own paths: a page for people, and what tests in a browser need to know. */
export async function answerControl(
  request: IncomingMessage,
  url: URL,
  response: ServerResponse,
  context: ControlContext,
): Promise<void> {
  try {
    await answer(request, url, response, context);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    response.writeHead(400, { 'content-type': 'text/plain', ...open }).end(`${error.message}\n`);
  }
}

async function answer(
  request: IncomingMessage,
  url: URL,
  response: ServerResponse,
  { clock, ledger, followed, speak }: ControlContext,
): Promise<void> {
  const send = (contentType: string, body: string | Uint8Array, status = 200) =>
    void response.writeHead(status, { 'content-type': contentType, ...open }).end(body);
  const json = (value: unknown) => send('application/json', JSON.stringify(value));
  switch (url.pathname) {
    case '/':
      response.setHeader('content-security-policy', pagePolicy);
      return send('text/html; charset=utf-8', emulatorPage(url.origin, scenarioGroups, ledger));
    case '/emulator/page.js':
      return send('text/javascript; charset=utf-8', pageScript);
    case '/emulator/ledger.html':
      return send('text/html; charset=utf-8', ledgerTable(ledger));
    case '/emulator/scenarios':
      return json(scenarioList);
    case '/emulator/ledger':
      return json(ledger);
    case '/emulator/clock':
      if (request.method === 'POST') clock.advance(numberOf(url.searchParams, 'advance', 0, [0, Infinity]));
      return json({ nowMs: clock.now() });
    case '/emulator/elsewhere':
      if (request.method !== 'OPTIONS') {
        followed.push({ method: request.method ?? '', url: url.href, headers: request.headers });
      }
      return json({});
    case '/emulator/followed':
      return json(followed);
    case '/emulator/voice': {
      const samples = await hear(url.searchParams, speak);
      return send('application/octet-stream', new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    }
    default:
      return send('text/plain', 'There is nothing here.\n', 404);
  }
}
