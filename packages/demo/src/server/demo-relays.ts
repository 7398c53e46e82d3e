import { createRelay, type Relay } from '@saystream/relay';

import { scenarioGroups } from '../scenario-catalogue.ts';

/** The parts of the emulator that a relay is pointed at. */
export interface EmulatedVendor {
  readonly audixa: { readonly baseUrl: string; readonly apiKey: string };
  scenario(name: string): string;
}

/** A real account. */
export interface RealVendor {
  /** The vendor's secret key. It stays in the relay. */
  readonly apiKey: string;
  /** The vendor's origin. */
  readonly baseUrl: string;
}

export interface DemoRelays {
  /** Whose request it is, by its path; undefined when it is none of theirs. */
  of(pathname: string): Relay | undefined;
  close(): Promise<void>;
}

/** The relay under which everything works. */
export const usualRelay = '/speech';
/** `/rehearsal/<scenario>`: a relay whose account at the emulator misbehaves as the scenario says. */
export const rehearsalRelay = '/rehearsal';
/** The relay to the real vendor, when the server was given its key. */
export const realRelay = '/real';

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];
const graceMs = 500;
/** Who plays with a demo on their own machine speaks more than a user of an app. */
const playfulLimits = {
  charactersPerUser: { characters: 1_000_000, windowMs: 3_600_000 },
  streamsPerUser: 8,
  connectsPerIpPerMinute: 600,
} as const;

/** One relay for each account the page can speak through; each is made when it is first asked for. */
export function createDemoRelays(emulator: EmulatedVendor, real: RealVendor | undefined, port: () => number): DemoRelays {
  const rehearsals = scenarioGroups.flatMap(({ scenarios }) => scenarios.map(({ name }) => name));
  const accounts = new Map<string, () => RealVendor>([
    [usualRelay, () => emulator.audixa],
    ...rehearsals.map(
      (name) =>
        [`${rehearsalRelay}/${name}`, () => ({ baseUrl: emulator.audixa.baseUrl, apiKey: emulator.scenario(name) })] as const,
    ),
    ...(real ? [[realRelay, () => real] as const] : []),
  ]);
  const made = new Map<string, Relay>();

  const make = ({ apiKey, baseUrl }: RealVendor): Relay =>
    createRelay({
      vendors: { audixa: { apiKey, baseUrl } },
      // Only this machine's browser reaches this server, and only its own pages may speak.
      origins: loopbackNames.map((name) => `http://${name}:${port()}`),
      authorize: () => ({ user: 'visitor' }),
      limits: playfulLimits,
    });

  return {
    of(pathname) {
      const at = [...accounts.keys()].find((path) => pathname.startsWith(`${path}/`));
      const account = at && accounts.get(at);
      if (!account) return undefined;
      const relay = made.get(at) ?? make(account());
      made.set(at, relay);
      return relay;
    },
    async close() {
      await Promise.all([...made.values()].map((relay) => relay.close(graceMs)));
    },
  };
}
