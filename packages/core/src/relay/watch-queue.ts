import type { ClientEvent } from '../client-options.ts';
import { numberOf } from '../json-fields.ts';
import { sleep } from '../timing/sleep.ts';
import type { RelayLink } from './relay-link.ts';

const askEveryMs = 1_000;

/** While a request waits in the relay's line, tells how many are served first. Ends with the signal. */
export async function watchQueue(
  relay: RelayLink,
  { vendor, emit }: { readonly vendor: string; readonly emit: (event: ClientEvent) => void },
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (;;) {
      await sleep(askEveryMs, signal);
      const position = numberOf((await relay.ask(`/queue/${idempotencyKey}`, signal))['position']);
      // Only a request that waits has one.
      if (position === undefined) return;
      emit({ type: 'held', vendor, by: 'queue', position });
    }
  } catch {
    // What becomes of the request, its own answer tells.
  }
}
