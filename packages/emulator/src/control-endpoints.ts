import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Clock } from './clock.ts';
import { emulatorPage } from './emulator-page.ts';
import type { LedgerEntry } from './ledger.ts';
import { resample, voiceRate } from './resample.ts';
import { scenarioList } from './scenario-list.ts';
import { scenarioGroups } from './scenario-table.ts';

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
  readonly speak: (text: string) => Promise<Float32Array>;
}

/** Every origin may call: the answers are for tests in pages. */
const open = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'x-api-key, xi-api-key, authorization, content-type',
  'cache-control': 'no-store',
};

function moveClock(clock: Clock, { method }: IncomingMessage, { searchParams }: URL): void {
  if (method === 'POST') clock.advance(Number(searchParams.get('advance') ?? 0));
}

/** What a text sounds like at a rate (24,000 Hz) and a speed (1): what tests compare with. */
async function hear(query: URLSearchParams, speak: ControlContext['speak']): Promise<Float32Array> {
  const rate = Number(query.get('rate') ?? voiceRate);
  return resample(await speak(query.get('text') ?? ''), rate, Number(query.get('speed') ?? 1));
}

/** Answers the emulator's own paths: a page for people, and what tests in a browser need to know. */
export async function answerControl(
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
      return send('text/html; charset=utf-8', emulatorPage(url.origin, scenarioGroups, ledger));
    case '/emulator/scenarios':
      return json(scenarioList);
    case '/emulator/ledger':
      return json(ledger);
    case '/emulator/clock':
      moveClock(clock, request, url);
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
