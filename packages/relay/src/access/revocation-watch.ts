import type { RelayContext } from '../relay-context.ts';
import type { Grant } from './access.ts';

/** Watches whether a user is revoked while a request of theirs is at work. */
export interface RevocationWatch {
  /** Aborted within a heartbeat of the revocation. */
  readonly signal: AbortSignal;
  /** Ends the watch. */
  stop(): void;
}

/** Asks every `heartbeatMs`, as sockets do. A store that is down ends nothing that runs. */
export function watchRevocation({ access, limits }: RelayContext, grant: Grant): RevocationWatch {
  const revoking = new AbortController();
  const timer = setInterval(() => {
    access.isRevoked(grant).then(
      (isRevoked) => isRevoked && revoking.abort(),
      () => undefined,
    );
  }, limits.heartbeatMs);
  // A request alone keeps no program running.
  (timer as { unref?: () => void }).unref?.();
  return { signal: revoking.signal, stop: () => clearInterval(timer) };
}
