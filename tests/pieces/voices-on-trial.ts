import type { Emulator } from '@saystream/emulator';
import { createAudixa, createMoknah, createSauti, type Timeouts, type Voice } from 'saystream';

export type VendorName = 'audixa' | 'sauti' | 'moknah';
export const vendorNames: readonly VendorName[] = ['audixa', 'sauti', 'moknah'];

interface More {
  /** Further scenarios of the key. */
  readonly scenario?: string;
  /** The address of a relay: then the scenario is the relay's. */
  readonly relay?: string;
  readonly timeouts?: Partial<Timeouts>;
}

/** These tests are not about the limits for each minute, so they are raised. */
const unlimited: Readonly<Record<VendorName, string>> = {
  audixa: 'run-pieces',
  sauti: 'sauti-no-limits',
  moknah: 'moknah-no-limits',
};

/** The key of a vendor without limits, for itself or for its relay. */
export const keyOf = (emulator: Emulator, vendor: VendorName, scenario?: string): string =>
  emulator.scenario([unlimited[vendor], scenario].filter(Boolean).join('~'));

/** One voice of a vendor, straight to the emulator or through a relay. */
export function voiceOf(emulator: Emulator, vendor: VendorName, { scenario, relay, timeouts = {} }: More = {}): Voice {
  const where = relay ? { relay } : { baseUrl: emulator[vendor].baseUrl, apiKey: keyOf(emulator, vendor, scenario) };
  const retry = { baseDelayMs: 1, maxDelayMs: 5, breakerFailures: Infinity };
  const options = { ...where, timeouts, retry };
  if (vendor === 'audixa') return createAudixa(options).voice('am_ethan');
  if (vendor === 'sauti') return createSauti(options).voice('sauti-swahili-v1');
  return createMoknah(options).voice(7);
}
