import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Clock } from './clock.ts';
import { emulatorPage } from './emulator-page.ts';
import type { LedgerEntry } from './ledger.ts';
import { scenarioList } from './scenario-list.ts';

/** What the endpoints of the emulator itself show. */
export interface ControlContext {
  readonly clock: Clock;
  readonly ledger: readonly LedgerEntry[];
  readonly speak: (text: string) => Promise<Float32Array>;
}

/** Answers the emulator's own paths: a page for people, and what tests in a browser need to know. */
export async function answerControl(
  request: IncomingMessage,
  url: URL,
  response: ServerResponse,
  { clock, ledger, speak }: ControlContext,
): Promise<void> {
  const send = (contentType: string, body: string | Uint8Array) =>
    void response
      .writeHead(200, { 'content-type': contentType, 'access-control-allow-origin': '*', 'cache-control': 'no-store' })
      .end(body);
  switch (url.pathname) {
    case '/':
      return send('text/html; charset=utf-8', emulatorPage(url.origin, scenarioList, ledger));
    case '/emulator/scenarios':
      return send('application/json', JSON.stringify(scenarioList));
    case '/emulator/ledger':
      return send('application/json', JSON.stringify(ledger));
    case '/emulator/clock': {
      const byMs = Number(url.searchParams.get('advance') ?? 0);
      if (request.method === 'POST' && byMs > 0) clock.advance(byMs);
      return send('application/json', JSON.stringify({ now: clock.now() }));
    }
    case '/emulator/voice': {
      const samples = await speak(url.searchParams.get('text') ?? '');
      return send('application/octet-stream', new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    }
    default:
      response
        .writeHead(404, { 'content-type': 'text/plain', 'access-control-allow-origin': '*' })
        .end('There is nothing here.\n');
  }
}
