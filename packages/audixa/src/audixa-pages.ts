import { fieldsOf, readJson, withinCall } from '@saystream/core';

import type { AudixaConnection } from './audixa-connection.ts';
import { audixaError } from './audixa-error.ts';

/** A listing of the vendor that comes in pages. */
export interface AudixaPages<T> {
  /** Such as `/voices`. */
  readonly url: string;
  /** The member that holds the items. */
  readonly member: string;
  /** Filters, under the vendor's names. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Items per request. */
  readonly limit: number;
  /** Pages at most; the listing then ends. Without it, more than `mostPages` are an error. */
  readonly maxPages?: number | undefined;
  /** An item; undefined for what is none. */
  readonly read: (item: unknown) => T | undefined;
  /** Told the headers of each page, before its items are read. */
  readonly onPage?: ((headers: Headers) => void) | undefined;
  /** Aborting it ends the listing. */
  readonly signal: AbortSignal | undefined;
}

/** Pages that are asked for at once. Later ones take turns with the account's polls, within the smallest plan's minute. */
const quickPages = 4;
/** No account has so many. */
const mostPages = 10_000;

/**
 * Lists page after page. The vendor tells no total: a page that is not full is the last one. `timeouts.totalMs` limits the time
 * that is spent waiting for the vendor, all pages together; the caller's own time between items does not count.
 *
 * @throws SpeechError `unauthorized`, `rate-limited` and whatever else a request can end with; `timeout` with `limit: 'total'`;
 *   `bad-response` when the vendor repeats a page
 */
export async function* listPages<T>(connection: AudixaConnection, pages: AudixaPages<T>): AsyncGenerator<T, void, void> {
  const { vendor, http, timeouts, pollTurn } = connection;
  const { url, member, limit, maxPages = Infinity } = pages;
  let leftMs = timeouts.totalMs;
  let previous = '';
  for (let page = 0; page < maxPages; page += 1) {
    const startMs = performance.now();
    const items = await withinCall({ vendor, timeouts, leftMs, isInDoubt: () => false }, pages.signal, async (signal) => {
      if (page >= quickPages) await pollTurn(signal);
      const call = { url, query: { ...pages.query, limit, offset: page * limit }, signal };
      return fieldsOf(
        await http.request(call, (response, limits) => {
          pages.onPage?.(response.headers);
          return readJson('audixa', response, limits);
        }),
      )[member];
    });
    leftMs -= performance.now() - startMs;
    if (!Array.isArray(items)) throw audixaError('bad-response', `The answer has no ${member}.`);
    const isFull = items.length >= limit;
    const text = isFull ? JSON.stringify(items) : '';
    if (page === mostPages || (isFull && text === previous))
      throw audixaError('bad-response', `The pages of ${member} do not end.`);
    previous = text;
    for (const item of items) {
      const value = pages.read(item);
      if (value !== undefined) yield value;
    }
    if (!isFull) return;
  }
}
