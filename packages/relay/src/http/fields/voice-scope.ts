import type { Grant } from '../../access/access.ts';
import type { Refusal } from '../../relay-context.ts';
import { refuse } from './refuse.ts';

/** 403 `out_of_scope` when the token does not allow this voice. */
export function checkVoice(grant: Grant, voice: string): Refusal | undefined {
  const isAllowed =
    (grant.voice === undefined || grant.voice === voice) && (grant.voices === undefined || grant.voices.includes(voice));
  return isAllowed ? undefined : refuse(403, 'out_of_scope', 'The token does not allow this voice.');
}
