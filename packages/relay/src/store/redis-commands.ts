import { redisSender, type RedisClient } from './redis-client.ts';

/** A store that does not answer for so long is down. */
const commandMs = 2_000;

/** Commands and scripts over one client, each answered or rejected within 2 s. */
export interface RedisCommands {
  /** Sends one command. `key` decides the node in a cluster. */
  send(command: string, key: string, ...args: (string | number)[]): Promise<unknown>;
  /** Runs a script. All keys must be in one hash slot. */
  run(script: string, keys: readonly [string, ...string[]], ...args: (string | number)[]): Promise<unknown>;
}

/** @throws TypeError for a client of an unknown shape */
export function redisCommands(client: RedisClient): RedisCommands {
  const sender = redisSender(client);
  const hashes = new Map<string, Promise<string>>();

  async function ask(key: string, args: readonly (string | number)[]): Promise<unknown> {
    if (sender.isDown()) throw new Error('The store is not connected.');
    // A command that is still queued when its caller was refused must not run later.
    const late = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error('The store does not answer.'));
        late.abort();
      }, commandMs);
    });
    try {
      return await Promise.race([sender.send(args.map(String), key, late.signal), limit]);
    } finally {
      clearTimeout(timer);
    }
  }

  const hashOf = (script: string): Promise<string> => {
    const known = hashes.get(script) ?? sha1(script);
    hashes.set(script, known);
    return known;
  };

  return {
    send: (command, key, ...args) => ask(key, [command, key, ...args]),
    async run(script, keys, ...args) {
      const rest = [keys.length, ...keys, ...args];
      try {
        return await ask(keys[0], ['EVALSHA', await hashOf(script), ...rest]);
      } catch (error) {
        // A restarted server, a promoted replica and each further node of a cluster learn the script from EVAL.
        if (!isUnknownScript(error)) throw error;
        return ask(keys[0], ['EVAL', script, ...rest]);
      }
    },
  };
}

const isUnknownScript = (error: unknown): boolean => error instanceof Error && error.message.startsWith('NOSCRIPT');

/** Redis names scripts by their SHA-1. */
async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
