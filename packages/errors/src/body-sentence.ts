import { member, textOf } from './response-body.ts';

/** What a body says to people. The order suits every documented shape, and the frameworks behind the vendors. */
export const sentenceIn = (body: unknown): string | undefined =>
  [member(body, 'detail'), member(body, 'error'), body]
    .flatMap((part) => [part, ...['error', 'message', 'error_message', 'title'].map((name) => member(part, name))])
    .find(textOf) as string | undefined;
