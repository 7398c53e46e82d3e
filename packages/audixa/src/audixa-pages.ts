import { fieldsOf, readJson, type Http } from '@saystream/core';

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
  /** An item; undefined for what is none. */
  readonly read: (item: unknown) => T | undefined;
  /** Aborting it ends the listing. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Lists page after page. The vendor tells no total: a page that is not full is the last one.
 *
 * @throws SpeechError `unauthorized`, `rate-limited` and whatever else a request can end with
 */
export async function* listPages<T>(http: Http, pages: AudixaPages<T>): AsyncGenerator<T, void, void> {
  const { url, member, limit, signal } = pages;
  for (let offset = 0; ; offset += limit) {
    const call = { url, query: { ...pages.query, limit, offset }, signal };
    const items = fieldsOf(await http.request(call, (response, limits) => readJson('audixa', response, limits)))[member];
    if (!Array.isArray(items)) throw audixaError('bad-response', `The answer has no ${member}.`);
    for (const item of items) {
      const value = pages.read(item);
      if (value !== undefined) yield value;
    }
    if (items.length < limit) return;
  }
}
