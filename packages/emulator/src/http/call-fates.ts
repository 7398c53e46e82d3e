import type { Knobs } from '../scenario-knobs.ts';
import { createChaos } from './chaos.ts';
import type { CallFate } from './http-faults.ts';
import type { VendorApi } from './vendor-api.ts';

/** What the scenario of a key does to its next call. Each asking counts; handshakes count with the calls. */
export type CallFates = (host: VendorApi['vendor'] | 'files', apiKey: string, knobs: Knobs) => CallFate;

/** A scenario with a number counts by host and key. */
export function createCallFates(): CallFates {
  const counts = new Map<string, number>();
  const draws = new Map<string, () => CallFate>();
  return (host, apiKey, knobs) => {
    const account = `${host} ${apiKey}`;
    if (knobs.chaos !== undefined) {
      const draw = draws.get(account) ?? createChaos(knobs.chaos, host);
      draws.set(account, draw);
      return draw();
    }
    // Finished files are spared unless a scenario is about nothing else.
    if ((host === 'files') !== (knobs.filesOnly ?? false)) return {};
    const { refuse, fault } = knobs;
    if (!refuse && !fault) return {};
    const count = (counts.get(account) ?? 0) + 1;
    counts.set(account, count);
    return {
      ...(refuse && count <= refuse.times && { refusal: refuse }),
      ...(fault && count <= fault.times && { fault }),
    };
  };
}
