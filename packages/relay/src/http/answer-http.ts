import type { RelayContext } from '../relay-context.ts';

/** Answers one request. Never rejects. @param ip the client's address, for limits */
export async function answerHttp(_request: Request, _context: RelayContext, _ip: string): Promise<Response> {
  throw new Error('Not built yet.');
}
