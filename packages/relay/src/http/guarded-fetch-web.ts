import type { GuardedFetch } from './guarded-fetch.ts';

/** Not built yet. */
export const guardedFetch: GuardedFetch = () => Promise.reject(new Error('Not built yet.'));
