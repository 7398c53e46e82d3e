import { followGuarded, GuardError, type GuardedFetch } from './guarded-fetch.ts';

/**
 * Without `node:https` nobody can say which address a name stood for when it was asked, so here files come from the listed
 * hosts (`fileHosts`) and from nowhere else.
 */
export const guardedFetch: GuardedFetch = async (address, rules) => {
  if (!rules.hosts && !rules.allowLoopback) {
    throw new GuardError('refused', 'On this runtime fileHosts must name the hosts of finished files.');
  }
  return followGuarded(address, { ...rules, hosts: rules.hosts ?? [] }, async (url) => {
    try {
      return await fetch(url, {
        headers: { 'accept-encoding': 'identity', ...(rules.range && { range: rules.range }) },
        redirect: 'manual',
        credentials: 'omit',
        signal: rules.signal,
      });
    } catch {
      throw new GuardError('unreachable', 'The host of the file cannot be reached.');
    }
  });
};
