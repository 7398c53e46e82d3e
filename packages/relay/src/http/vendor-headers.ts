import { waitHint } from '@saystream/errors';

import type { Upstream } from '../relay-context.ts';

/** Response headers that pass. */
const passed =
  /^(content-length|content-range|accept-ranges|date|x-request-id|ratelimit|(x-)?ratelimit-(limit|remaining|reset)|moknah-credits-(remaining|used))$/;
const maxValue = 200;
/** What can be opened as nothing but sound or data. A web page said to be speech is then judged by its bytes. */
const safeType = /^(audio\/[a-z0-9][a-z0-9.+-]{0,40}|application\/(problem\+)?json)(\s*;\s*[\w-]{1,20}=[\w.-]{1,40}){0,3}$/i;

/** The type an answer goes to the page with. */
export function safeContentType(type: string | null): string {
  return type && safeType.test(type.trim()) ? type.trim() : 'application/octet-stream';
}

/** The vendor's headers as they go to the page. `body` is what an error says: a wait may be in it. */
export function vendorHeaders({ headers, status }: Response, upstream: Upstream, body?: Uint8Array): Headers {
  const page = new Headers();
  for (const [name, value] of headers) {
    if (passed.test(name) && value.length <= maxValue) page.set(name, upstream.redact(value));
  }
  // `fetch` has unpacked it: the length is not that of what follows.
  if (headers.has('content-encoding')) page.delete('content-length');
  page.set('content-type', safeContentType(upstream.redact(headers.get('content-type') ?? '')));
  const waitMs = status >= 400 ? waitHint({ status, headers, body }, upstream.vendor) : undefined;
  if (waitMs !== undefined) page.set('retry-after', String(Math.ceil(waitMs / 1_000)));
  return page;
}
