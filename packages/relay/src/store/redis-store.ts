import { fromBase64, toBase64 } from './base64.ts';
import type { RedisClient } from './redis-client.ts';
import { redisCommands } from './redis-commands.ts';
import { redisKeys } from './redis-keys.ts';
import { generationScript, leaseScript, leaveLineScript, spendScript, takeTurnScript } from './redis-scripts.ts';
import type { RelayStore } from './relay-store.ts';

/** Options of `redisStore`. */
export interface RedisStoreOptions {
  /** Begins every key. Default `saystream:`. A hash tag such as `{speech}:` keeps all keys in one slot of a cluster. */
  readonly prefix?: string;
}

/** Longer than any token lives: a name that expires in quiet hours ends none. */
const generationMs = 86_400_000;

/**
 * Keeps everything in Redis 6.2 or Valkey, for relays of several processes: one server, Sentinel or a cluster. The client is
 * yours: connect it before, and close it after the relay; listen to its `error` event, as its own documentation asks. Every
 * key expires. The Redis user needs the commands GET, SET, DEL, ZREM, EVAL, EVALSHA, INFO and those of the scripts.
 *
 * @throws TypeError for a client of an unknown shape, and for a prefix that contains `{}`
 */
export function redisStore(client: RedisClient, { prefix = 'saystream:' }: RedisStoreOptions = {}): RelayStore {
  const { send, run } = redisCommands(client);
  const keys = redisKeys(prefix);
  const ms = (duration: number): number => Math.max(1, Math.ceil(duration));

  return {
    async once(key, ttlMs) {
      const answer = await send('SET', keys.once(key), 1, 'NX', 'PX', ms(ttlMs));
      return answer !== null && answer !== undefined;
    },
    async spend(key, amount, limit, windowMs) {
      const [taken, left, retryAfterMs] = numbers(await run(spendScript, [keys.spend(key)], amount, limit, ms(windowMs)));
      return { taken: taken === 1, left: left ?? 0, retryAfterMs: retryAfterMs ?? 0 };
    },
    async lease(key, holder, limit, ttlMs) {
      return Number(await run(leaseScript, [keys.lease(key)], holder, limit, ms(ttlMs))) === 1;
    },
    async release(key, holder) {
      await send('ZREM', keys.lease(key), holder);
    },
    async takeTurn(name, ticket, user, { slots = -1, perMinute = -1, ttlMs, waitMs = ttlMs }) {
      const answer = await run(takeTurnScript, keys.line(name), ticket, user, slots, perMinute, ms(ttlMs), ms(waitMs));
      const [granted, number = 0] = numbers(answer);
      return granted === 1 ? { granted: true, fence: number } : { granted: false, position: number };
    },
    async leaveLine(name, ticket, lingerMs = 0) {
      await run(leaveLineScript, keys.line(name), ticket, Math.ceil(lingerMs));
    },
    async put(key, value, ttlMs) {
      await send('SET', keys.value(key), toBase64(value), 'PX', ms(ttlMs));
    },
    async get(key) {
      const kept = await send('GET', keys.value(key));
      return kept === null || kept === undefined ? undefined : fromBase64(String(kept));
    },
    async forget(key) {
      await send('DEL', keys.value(key), keys.once(key));
    },
    generation: async () => String(await run(generationScript, [keys.generation], crypto.randomUUID(), generationMs)),
    close: () => Promise.resolve(),
  };
}

function numbers(answer: unknown): number[] {
  if (!Array.isArray(answer)) throw new Error('The store gave an answer of another form.');
  return answer.map(Number);
}
