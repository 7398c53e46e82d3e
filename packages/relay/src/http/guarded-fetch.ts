/** Fetches a file whose address came from a vendor's answer: only public addresses, only https (or the vendor's own loopback). */
export type GuardedFetch = (
  url: string,
  rules: {
    /** Whether loopback and plain http are fine: only when the vendor itself is on loopback. */
    readonly allowLoopback: boolean;
    /** Hosts it may come from; undefined for any public one. */
    readonly hosts: readonly string[] | undefined;
    readonly range?: string | undefined;
    readonly signal: AbortSignal;
  },
) => Promise<Response>;
