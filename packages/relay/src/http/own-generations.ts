import type { RelayContext } from '../relay-context.ts';
import type { RelayVendor } from '../relay-options.ts';
import { askStore } from './ask-store.ts';

/** Audixa keeps files for seven days, the longest of the vendors (vendor docs). */
const keptMs = 7 * 86_400_000;
const maxId = 200;

/** Whether it can be the name of a generation. */
export const isId = (id: unknown): id is string => typeof id === 'string' && id !== '' && id.length <= maxId;

const nameOf = (vendor: RelayVendor, user: string, id: string): string => `own:${JSON.stringify([vendor, user, id])}`;

/** True for the first who asks for this generation: nobody else's call has led to it. */
export const claimGeneration = (context: RelayContext, id: string): Promise<boolean> =>
  context.store.once(`claimed:${id}`, keptMs);

/** Remembers whose generation or job it is: nobody else is told of it. */
export async function noteOwner(context: RelayContext, vendor: RelayVendor, user: string, id: string): Promise<void> {
  if (!isId(id)) return;
  await askStore(context.store.put(nameOf(vendor, user, id), new Uint8Array([1]), keptMs));
  if (vendor === 'audixa') await askStore(claimGeneration(context, id));
}

/** Remembers whose generation it is that a stream named. @throws when the store does not answer */
export const noteGeneration = (context: RelayContext, user: string, generationId: string): Promise<void> =>
  noteOwner(context, 'audixa', user, generationId);

/** Whether the user made it. @throws StoreDownError */
export async function isOwn(context: RelayContext, vendor: RelayVendor, user: string, id: string): Promise<boolean> {
  return isId(id) && (await askStore(context.store.get(nameOf(vendor, user, id)))) !== undefined;
}

/** Ids that an answer names, also one that breaks off or is no whole JSON: what is paid must stay reachable. */
export function idsIn(text: string): string[] {
  const named = text.matchAll(/"(?:generation_id|job_id|id)"\s*:\s*"([\w.:~-]{1,200})"/g);
  return [...new Set([...named].map(([, id]) => id!))].slice(0, 4);
}
