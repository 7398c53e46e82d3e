import { createRelay, type Relay } from '@saystream/relay';

import { scenarioNames } from '../scenario-catalogue.ts';
import { vendorNames, type VendorName } from '../vendor-names.ts';

/** An account at a vendor. */
interface VendorAccount {
  /** The vendor's secret key. It stays in the relay. */
  readonly apiKey: string;
  /** The vendor's origin, or anything under it. */
  readonly baseUrl: string;
}

/** Accounts by vendor, as a relay takes them. */
export type VendorAccounts = Partial<Readonly<Record<VendorName, VendorAccount>>>;

/** The parts of the emulator that a relay is pointed at. */
export interface EmulatedVendors extends Readonly<Record<VendorName, VendorAccount>> {
  scenario(name: string): string;
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

/** One relay for each set of accounts the page can speak through; each is made when it is first asked for. */
export function createDemoRelays(emulator: EmulatedVendors, real: VendorAccounts | undefined, port: () => number): DemoRelays {
  const misbehaving = (name: string): VendorAccounts => {
    const apiKey = emulator.scenario(name);
    return Object.fromEntries(vendorNames.map((vendor) => [vendor, { baseUrl: emulator[vendor].baseUrl, apiKey }]));
  };
  const { audixa, sauti, moknah } = emulator;
  const accounts = new Map<string, () => VendorAccounts>([
    [usualRelay, () => ({ audixa, sauti, moknah })],
    ...scenarioNames.map((name) => [`${rehearsalRelay}/${name}`, () => misbehaving(name)] as const),
    ...(real ? [[realRelay, () => real] as const] : []),
  ]);
  const made = new Map<string, Relay>();

  const make = (vendors: VendorAccounts): Relay =>
    createRelay({
      vendors,
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
