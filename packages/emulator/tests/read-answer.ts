// What an answer says, read by plain fetch.
import type { Emulator } from '../src/index.ts';

/** An answer, read to its end. */
export interface ReadAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where its type says JSON, else undefined. */
  readonly json: Record<string, unknown>;
  readonly bytes: Buffer;
}

/** Asks and reads to the end. A body that is no text is sent as JSON. */
export async function ask(
  url: string,
  {
    body,
    headers = {},
    ...init
  }: Omit<RequestInit, 'body' | 'headers'> & { body?: unknown; headers?: Record<string, string> } = {},
): Promise<ReadAnswer> {
  const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, {
    redirect: 'manual',
    ...(sent !== undefined && { method: 'POST', body: sent }),
    ...init,
    headers: { ...(sent !== undefined && { 'content-type': 'application/json' }), ...headers },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    json: (isJson ? JSON.parse(bytes.toString()) : undefined) as Record<string, unknown>,
    bytes,
  };
}

/** Moves the emulator to the beginning of a minute of its clock, so that a test is over before the next one. */
export function beginMinute({ clock }: Emulator): void {
  clock.advance(60_000 - (clock.now() % 60_000));
}
