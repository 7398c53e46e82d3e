import type { Knobs } from '../scenario-knobs.ts';

/** Whether a page may read an answer. No vendor documents CORS: open by default, so that pages can be tested. */
export function corsHeaders({ cors }: Knobs, exposed: readonly string[], status: number): Record<string, string> {
  if (cors === 'off' || (cors === 'missing-on-errors' && status >= 400)) return {};
  return {
    'access-control-allow-origin': '*',
    ...(cors !== 'hidden-headers' && { 'access-control-expose-headers': exposed.join(', ') }),
  };
}

/** The answer to a page's question whether it may call. It carries no key, so no scenario can change it. */
export const preflightHeaders: Record<string, string> = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'x-api-key, xi-api-key, authorization, content-type, range, accept-language',
  'access-control-allow-methods': 'GET, HEAD, POST',
  'access-control-max-age': '600',
};
