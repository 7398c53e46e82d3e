import { isLoopback } from './is-loopback.ts';

/** Why a file was not fetched. */
export class GuardError extends Error {
  override readonly name = 'GuardError';
  /** `refused`: its address, or one that it was sent on to, may not be asked. */
  readonly reason: 'refused' | 'unreachable' | 'silent';

  /** Names the reason. */
  constructor(reason: GuardError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What may be fetched. */
export interface FetchRules {
  /** Whether loopback and plain http are fine: only when the vendor itself is on loopback. */
  readonly allowLoopback: boolean;
  /** Hosts it may come from; undefined for any public one. */
  readonly hosts: readonly string[] | undefined;
  readonly range?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Fetches a file whose address came from a vendor's answer: only public addresses, only https (or the vendor's own loopback).
 *
 * @throws GuardError
 */
export type GuardedFetch = (url: string, rules: FetchRules) => Promise<Response>;

/** Redirects that are followed. */
const maxHops = 3;

/** The address, when it may be asked as far as its letters tell. @throws GuardError */
function checkAddress(address: string, base: string | undefined, { allowLoopback, hosts }: FetchRules): URL {
  const refused = (why: string) => new GuardError('refused', why);
  if (!URL.canParse(address, base)) throw refused('No address.');
  const url = new URL(address, base);
  if (url.username || url.password) throw refused('An address with a name or a password in it.');
  if (allowLoopback && /^https?:$/.test(url.protocol) && isLoopback(url.hostname)) return url;
  if (url.protocol !== 'https:') throw refused('Not https.');
  if (url.port) throw refused('Not the usual port.');
  if (hosts && !hosts.includes(url.hostname)) throw refused('Not one of the hosts for files.');
  return url;
}

/** Asks one address after the other, as redirects say; each is checked like the first. */
export async function followGuarded(address: string, rules: FetchRules, ask: (url: URL) => Promise<Response>): Promise<Response> {
  let url = checkAddress(address, undefined, rules);
  for (let hops = 0; ; hops += 1) {
    const response = await ask(url);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    response.body?.cancel().catch(() => {});
    if (hops === maxHops) throw new GuardError('refused', 'Too many redirects.');
    url = checkAddress(location, url.href, rules);
  }
}
