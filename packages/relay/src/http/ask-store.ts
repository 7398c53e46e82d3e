import { refuse } from './fields/refuse.ts';

/** The refusal for what needs the store while it does not answer. */
export const storeDown = refuse(503, 'store_down', 'The relay cannot count at the moment.', { retryAfterMs: 2_000 });

/** The store did not answer: nothing is let through. */
export class StoreDownError extends Error {
  override readonly name = 'StoreDownError';
}

/** What the store says. @throws StoreDownError */
export async function askStore<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch {
    throw new StoreDownError('The store does not answer.');
  }
}
