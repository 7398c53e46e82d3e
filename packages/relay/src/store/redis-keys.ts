/** What a line consists of: its keys, in the order of KEYS in redis-scripts.ts. */
const lineParts = ['order', 'tickets', 'seen', 'ends', 'held', 'fences', 'minute', 'meta'] as const;

/**
 * Tokens, revocations and the generation, which vouches for them, are in one hash slot: when its server loses them, the
 * generation changes too.
 */
const ofAccess = /^(token|revoked):/;

/**
 * Names the keys of one store. Keys of one operation have the same hash tag, which is the part in braces: a cluster keeps
 * them in one hash slot, and refuses operations over several.
 *
 * @throws TypeError for a prefix that contains `{}`: Redis reads an empty tag as no tag
 */
export function redisKeys(prefix: string) {
  if (prefix.includes('{}')) throw new TypeError(`redisStore: the prefix ${prefix} contains {}, an empty hash tag. Remove it.`);
  // The tag ends at the first closing brace, so it is the same for all keys of an operation whatever the name contains.
  const ofKey = (key: string, part: string): string =>
    ofAccess.test(key) ? `${prefix}{access}:${part}:${key}` : `${prefix}{kept:${key}}:${part}`;
  const line = (name: string) => lineParts.map((part) => `${prefix}{line:${name}}:${part}`) as [string, ...string[]];
  return {
    once: (key: string): string => ofKey(key, 'once'),
    value: (key: string): string => ofKey(key, 'value'),
    spend: (key: string): string => `${prefix}spend:${key}`,
    lease: (key: string): string => `${prefix}lease:${key}`,
    line,
    generation: `${prefix}{access}:generation`,
  };
}
