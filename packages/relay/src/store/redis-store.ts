import { fromBase64, toBase64 } from './base64.ts';
import { generationScript, leaseScript, leaveLineScript, lineKeys, spendScript, takeTurnScript } from './redis-scripts.ts';
import type { RelayStore } from './relay-store.ts';

/** What is needed of a Redis or Valkey client: node-redis 5 and later have it. */
export interface RedisClient {
  /** Sends one command, such as `['GET', 'key']`. */
  sendCommand(args: string[]): Promise<unknown>;
  /** Whether commands reach the server now. */
  readonly isReady?: boolean;
}

/** Options of `redisStore`. */
export interface RedisStoreOptions {
  /** Begins every key. Default `saystream:`. */
  readonly prefix?: string;
}

/** A store that does not answer for so long is down. */
const commandMs = 2_000;
/** Longer than any token lives: a name that expires in quiet hours ends none. */
const generationMs = 86_400_000;

/**
 * Keeps everything in Redis 6.2 or Valkey, for relays of several processes. The client is yours: connect it before, and
 * close it after the relay; listen to its `error` event, as its own documentation asks. Every key expires.
 */
export function redisStore(client: RedisClient, { prefix = 'saystream:' }: RedisStoreOptions = {}): RelayStore {
  async function send(...args: (string | number)[]): Promise<unknown> {
    if (client.isReady === false) throw new Error('The store is not connected.');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('The store does not answer.')), commandMs);
    });
    const answer = client.sendCommand(args.map(String));
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
  const run = (script: string, keys: readonly string[], ...args: (string | number)[]): Promise<unknown> =>
    send('EVAL', script, keys.length, ...keys, ...args);
  const ms = (duration: number): number => Math.max(1, Math.ceil(duration));
  const lineOf = (name: string): string[] => lineKeys.map((part) => `${prefix}line:${name}:${part}`);

  return {
    async once(key, ttlMs) {
      return (await send('SET', `${prefix}once:${key}`, 1, 'NX', 'PX', ms(ttlMs))) === 'OK';
    },
    async spend(key, amount, limit, windowMs) {
      const [taken, left, retryAfterMs] = numbers(await run(spendScript, [`${prefix}spend:${key}`], amount, limit, ms(windowMs)));
      return { taken: taken === 1, left: left ?? 0, retryAfterMs: retryAfterMs ?? 0 };
    },
    async lease(key, holder, limit, ttlMs) {
      return Number(await run(leaseScript, [`${prefix}lease:${key}`], holder, limit, ms(ttlMs))) === 1;
    },
    async release(key, holder) {
      await send('ZREM', `${prefix}lease:${key}`, holder);
    },
    async takeTurn(name, ticket, user, { slots = -1, perMinute = -1, ttlMs, waitMs = ttlMs }) {
      const answer = await run(takeTurnScript, lineOf(name), ticket, user, slots, perMinute, ms(ttlMs), ms(waitMs));
      const [granted, number = 0] = numbers(answer);
      return granted === 1 ? { granted: true, fence: number } : { granted: false, position: number };
    },
    async leaveLine(name, ticket, lingerMs = 0) {
      await run(leaveLineScript, lineOf(name), ticket, Math.ceil(lingerMs));
    },
    async put(key, value, ttlMs) {
      await send('SET', `${prefix}value:${key}`, toBase64(value), 'PX', ms(ttlMs));
    },
    async get(key) {
      const kept = await send('GET', `${prefix}value:${key}`);
      return kept === null || kept === undefined ? undefined : fromBase64(String(kept));
    },
    async forget(key) {
      await send('DEL', `${prefix}value:${key}`, `${prefix}once:${key}`);
    },
    generation: async () => String(await run(generationScript, [`${prefix}generation`], crypto.randomUUID(), generationMs)),
    close: () => Promise.resolve(),
  };
}

function numbers(answer: unknown): number[] {
  if (!Array.isArray(answer)) throw new Error('The store gave an answer of another form.');
  return answer.map(Number);
}
