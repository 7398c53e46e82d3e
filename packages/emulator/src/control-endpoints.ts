import type { ServerResponse } from 'node:http';

import { emulatorPage } from './emulator-page.ts';
import type { LedgerEntry } from './ledger.ts';
import { plainKey } from './scenario-key.ts';
import { scenarioTable } from './scenario-table.ts';

/** What the endpoints of the emulator itself show. */
export interface ControlContext {
  readonly origin: string;
  readonly ledger: readonly LedgerEntry[];
  readonly voice: (text: string) => Float32Array | Promise<Float32Array>;
}

/** The scenarios, as people and pages are shown them. */
export const scenarioList = scenarioTable.map(({ name, description }) => ({ name, description }));

/** Answers the emulator's own paths: a page for people, and what tests in a browser need to know. */
export async function answerControl(url: URL, response: ServerResponse, context: ControlContext): Promise<void> {
  const send = (contentType: string, body: string | Uint8Array) =>
    response.writeHead(200, { 'content-type': contentType, 'access-control-allow-origin': '*' }).end(body);
  switch (url.pathname) {
    case '/':
      send('text/html; charset=utf-8', emulatorPage(context.origin, plainKey, scenarioList, context.ledger));
      return;
    case '/emulator/scenarios':
      send('application/json', JSON.stringify(scenarioList));
      return;
    case '/emulator/ledger':
      send('application/json', JSON.stringify(context.ledger));
      return;
    case '/emulator/voice': {
      const samples = await context.voice(url.searchParams.get('text') ?? '');
      send('application/octet-stream', new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
      return;
    }
    default:
      response.writeHead(404, { 'content-type': 'text/plain', 'access-control-allow-origin': '*' }).end('Not found\n');
  }
}
