// The clients have the same rules in packages/core/src/network/isomorphic-network-fault-node.ts: relay and core share no
// code. tests/never-sent.node.test.ts compares the two.
/** OpenSSL's names of what is wrong with a certificate, in Node and Bun. */
const isCertificateCode = (code: string): boolean =>
  /^[A-Z_]+$/.test(code) && /CERT|LEAF_SIGNATURE|^(?:INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH)$/.test(code);
/** Codes of a connection that was never made. An open connection that loses its route may end with some of them, too. */
const unconnected =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|E(?:NET|HOST)(?:UNREACH|DOWN)|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$/;
/** Deno says in words in which phase it failed. */
const denoPhase = /client error \(Connect\): /;

/** Whether what `fetch` threw proves that nothing of the request was sent: there was no connection yet. */
export function provesNeverSent(thrown: unknown): boolean {
  let at = thrown as { code?: unknown; syscall?: unknown; errors?: { syscall?: unknown }[]; message?: unknown; cause?: unknown };
  for (let depth = 0; depth < 5 && typeof at === 'object' && at; depth += 1) {
    const { code, syscall = at.errors?.[0]?.syscall } = at;
    const isProof =
      syscall === 'connect' ||
      (typeof code === 'string' &&
        (isCertificateCode(code) || (unconnected.test(code) && syscall !== 'read' && syscall !== 'write'))) ||
      denoPhase.test(String(at.message));
    if (isProof) return true;
    at = at.cause as typeof at;
  }
  return false;
}
