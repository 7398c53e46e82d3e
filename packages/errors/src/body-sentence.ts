import { member, textOf } from './response-body.ts';

/** What a body says to people. The order suits every documented shape, and the frameworks behind the vendors. */
export function sentenceIn(body: unknown): string | undefined {
  for (const part of [member(body, 'detail'), member(body, 'error'), body])
    for (const name of ['', 'error', 'message', 'error_message', 'title']) {
      const said = textOf(name ? member(part, name) : part);
      if (said) return said;
    }
  return undefined;
}
