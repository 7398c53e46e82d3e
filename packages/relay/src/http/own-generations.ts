import type { RelayContext } from '../relay-context.ts';
import type { RelayVendor } from '../relay-options.ts';
import { askStore } from './ask-store.ts';

/** Audixa keeps files for seven days, the longest of the vendors (vendor docs). */
const keptMs = 7 * 86_400_000;
const maxId = 200;

const nameOf = (vendor: RelayVendor, user: string, id: string): string => `own:${JSON.stringify([vendor, user, id])}`;

/** Remembers whose generation or job it is: nobody else is told of it. */
export async function noteOwner(context: RelayContext, vendor: RelayVendor, user: string, id: string): Promise<void> {
  if (id && id.length <= maxId) await askStore(context.store.put(nameOf(vendor, user, id), new Uint8Array([1]), keptMs));
}

/** Remembers whose generation it is that a stream named. @throws when the store does not answer */
export const noteGeneration = (context: RelayContext, user: string, generationId: string): Promise<void> =>
  noteOwner(context, 'audixa', user, generationId);

/** Whether the user made it. @throws StoreDownError */
export async function isOwn(context: RelayContext, vendor: RelayVendor, user: string, id: string): Promise<boolean> {
  return id.length <= maxId && (await askStore(context.store.get(nameOf(vendor, user, id)))) !== undefined;
}

/** Ids that an answer names, also one that breaks off or is no whole JSON: what is paid must stay reachable. */
export function idsIn(text: string): string[] {
  const named = text.matchAll(/"(?:generation_id|job_id|id)"\s*:\s*"([\w.:~-]{1,200})"/g);
  return [...new Set([...named].map(([, id]) => id!))].slice(0, 4);
}
