import type { Grant } from '../access/access.ts';
import type { Refusal, RelayContext } from '../relay-context.ts';
import { isRefusal } from '../relay-context.ts';

/** 204 when a stream of this grant would be let in now, else why not. Takes nothing for good. */
export async function diagnose({ meter }: RelayContext, grant: Grant, ip: string): Promise<Response | Refusal> {
  const place = await meter.openStream(grant.user, ip);
  if (isRefusal(place)) return place;
  place.release();
  const characters = await meter.takeCharacters(grant, 1);
  if (isRefusal(characters)) return characters;
  characters.refund();
  return new Response(null, { status: 204 });
}
