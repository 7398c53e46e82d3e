import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Emulator } from '@saystream/emulator';
import { createRelay, type Relay, type RelayOptions } from '@saystream/relay';
import { relayHandler } from '@saystream/relay/node';

/** Relays on the test site's own server. A page sees `/relay/3`, and neither a key nor which scenario stands behind it. */
export interface TestRelays {
  /** A relay whose accounts at the emulator behave as the scenario says. Its path, such as `/relay/3`. */
  open(scenario?: string, more?: Partial<RelayOptions>): string;
  /** Answers what is a relay's; false for everything else. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  upgrade(request: IncomingMessage, socket: Duplex, head: Uint8Array): void;
  /** Called with all that relays log from now on, a line for each event. */
  log: (line: string) => void;
  close(): Promise<void>;
}

export function createTestRelays(emulator: Emulator, origin: () => string): TestRelays {
  const relays: Relay[] = [];
  const numbers = new Map<string, number>();
  const of = ({ url = '' }: IncomingMessage): Relay | undefined => relays[Number(/^\/relay\/(\d+)\//.exec(url)?.[1])];

  const served: TestRelays = {
    log: () => undefined,
    open(scenario = '', more) {
      const known = more ? undefined : numbers.get(scenario);
      if (known !== undefined) return `/relay/${known}`;
      const account = (vendor: 'audixa' | 'sauti' | 'moknah') => ({
        baseUrl: emulator[vendor].baseUrl,
        apiKey: scenario ? emulator.scenario(scenario) : emulator[vendor].apiKey,
      });
      const relay = createRelay({
        vendors: { audixa: account('audixa'), sauti: account('sauti'), moknah: account('moknah') },
        origins: [origin()],
        authorize: () => ({ user: 'visitor' }),
        limits: { streamsPerUser: 8, connectsPerIpPerMinute: 1_000, charactersPerUser: { characters: 1e6, windowMs: 3_600_000 } },
        onEvent: (event) => served.log(JSON.stringify(event)),
        ...more,
      });
      const number = relays.push(relay) - 1;
      if (!more) numbers.set(scenario, number);
      return `/relay/${number}`;
    },
    answer(request, response) {
      const relay = of(request);
      if (relay) relayHandler(relay)(request, response);
      return relay !== undefined;
    },
    upgrade(request, socket, head) {
      const relay = of(request);
      if (relay) relay.upgrade(request, socket, head);
      else socket.destroy();
    },
    async close() {
      await Promise.all(relays.map((relay) => relay.close(500)));
    },
  };
  return served;
}
