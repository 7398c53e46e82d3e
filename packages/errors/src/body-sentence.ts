import { member, textOf } from './response-body.ts';

/**
 * What a body says to people. `error` comes late where it is a text: NestJS, Fastify, Spring and hapi put the name of the
 * status there, and the reason into `message`.
 */
export function sentenceIn(body: unknown): string | undefined {
  const error = member(body, 'error');
  for (const part of [member(body, 'detail'), typeof error === 'object' && error, body])
    for (const name of ['message', 'error_message', 'error_description', 'error', 'title', '']) {
      const said = textOf(name ? member(part, name) : part);
      if (said) return said;
    }
  return undefined;
}
