import { playerLoading } from '@saystream/player';

import { checkAutoplay } from './check-autoplay.ts';
import { checkCodecs, checkSampleRate, checkSecureContext } from './check-platform.ts';
import { checkRelay, checkSocket } from './check-relay.ts';
import { checkWorker } from './check-worker.ts';
import { checkWorklet } from './check-worklet.ts';
import type { Finding } from './finding.ts';

/** Options of `diagnose`. */
export interface DiagnoseOptions {
  /** The relay that the page uses, such as `/speech`. Without it, `relay` and `socket` are not checked. */
  readonly relay?: string | URL;
  /** Whose stream the relay is asked about: `audixa`, `sauti` or `moknah`. Default `audixa`. */
  readonly vendor?: string;
  /** Address of `pcm-worklet.js`, where the page gives it to its player. Default: beside this library. */
  readonly workletUrl?: string | URL;
  /** Address of `socket-worker.js`, likewise. */
  readonly workerUrl?: string | URL;
}

/**
 * Tries what speech needs in this page, and lists what it found, one {@link Finding} per check, in a fixed order. Takes a
 * fraction of a second where all is well, and at most half a minute. Costs nothing: no vendor is asked. What a
 * content-security policy refuses meanwhile is reported to its `report-uri` as well.
 *
 * Rejects with a TypeError when an address is no URL.
 */
export async function diagnose(options: DiagnoseOptions = {}): Promise<Finding[]> {
  const { relay, vendor = 'audixa', workletUrl, workerUrl } = options;
  const worklet = workletUrl ? new URL(workletUrl, document.baseURI) : (await playerLoading()).workletFile();
  const worker = workerUrl ? new URL(workerUrl, document.baseURI) : undefined;
  const relayUrl = relay === undefined ? undefined : new URL(relay, document.baseURI);
  // One after the other: a violation of the policy must belong to the check that runs.
  const isSecure = checkSecureContext();
  const hasWorklet = await checkWorklet(worklet);
  const { finding: hasWorker, worker: sockets } = await checkWorker(worker);
  const others = [
    await checkAutoplay(),
    await checkSampleRate(),
    await checkCodecs(),
    ...(relayUrl ? [await checkRelay(relayUrl, vendor), await checkSocket(relayUrl, sockets)] : []),
  ];
  sockets?.terminate();
  return [isSecure, hasWorklet, hasWorker, ...others];
}
