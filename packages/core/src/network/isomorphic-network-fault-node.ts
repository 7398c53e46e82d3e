import { CallMistake } from '../http/call-mistake.ts';
import type { NetworkFault, ReadCallMistake, ReadNetworkFault, WhyUnreachable } from './network-fault.ts';

// The relay has the same rules in packages/relay/src/http/never-sent.ts; tests/never-sent.node.test.ts compares the two.
/** Node's and undici's codes, and Bun's. */
const networkCode = /^(?:(?:E|UND_ERR)[A-Z_]+|ConnectionRefused|FailedToOpenSocket|ConnectionClosed)$/;
/** OpenSSL's names of what is wrong with a certificate (X509_verify_cert_error_string), in Node and Bun. */
const isCertificateCode = (code: string): boolean =>
  /^[A-Z_]+$/.test(code) && /CERT|LEAF_SIGNATURE|^(?:INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH)$/.test(code);
/** Codes of a connection that was never made. An open connection that loses its route may end with some of them, too. */
const unconnected =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|E(?:NET|HOST)(?:UNREACH|DOWN)|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$/;
/** Deno says in words what failed, and in which phase. */
const denoPhase = /client error \(Connect\): (.*)/s;
const denoWords: readonly (readonly [RegExp, string])[] = [
  [/Connection refused/, 'ECONNREFUSED'],
  [/^dns error/, 'ENOTFOUND'],
  [/No route to host/, 'EHOSTUNREACH'],
  [/Network is unreachable/, 'ENETUNREACH'],
];

/** Nothing was sent, and the same certificate is refused again: there is no other try. */
const certificateFault = (code: string): NetworkFault => ({
  code,
  neverSent: true,
  untrusted: {
    message: `The certificate of the server is not trusted (${code}).`,
    retryable: false,
    advice:
      'Renew the certificate or trust its CA: set NODE_EXTRA_CA_CERTS (Node, Bun) or DENO_CERT to the PEM file of the CA before the program starts.',
  },
});

function denoFaultOf(message: unknown): NetworkFault | undefined {
  const words = typeof message === 'string' && denoPhase.exec(message)?.[1];
  if (!words) return undefined;
  const certificate = /^invalid peer certificate: (?:\w+\()*(\w+)/.exec(words)?.[1];
  if (certificate) return certificateFault(certificate);
  return { code: denoWords.find(([phrase]) => phrase.test(words))?.[1], neverSent: true };
}

/** Reads the fault out of what `fetch` or a socket threw. Node hides the system's error a few causes deep. */
export const networkFaultOf: ReadNetworkFault = (thrown) => {
  let at = thrown as { code?: unknown; syscall?: unknown; errors?: { syscall?: unknown }[]; message?: unknown; cause?: unknown };
  for (let depth = 0; depth < 5 && typeof at === 'object' && at; depth += 1) {
    const { code, syscall = at.errors?.[0]?.syscall } = at;
    if (typeof code === 'string') {
      if (isCertificateCode(code)) return certificateFault(code);
      const wasOpen = syscall === 'read' || syscall === 'write';
      const neverSent = syscall === 'connect' || (unconnected.test(code) && !wasOpen);
      if (networkCode.test(code)) return { code, neverSent };
    }
    const deno = denoFaultOf(at.message);
    if (deno) return deno;
    at = at.cause as typeof at;
  }
  return {};
};

/** Codes such as ERR_INVALID_ARG_TYPE. */
export const callMistakeIn: ReadCallMistake = (thrown, vendor) => {
  const { code } = networkFaultOf(thrown);
  return code?.startsWith('ERR_INVALID') ? new CallMistake(`${vendor}: fetch refused its arguments (${code}).`) : undefined;
};

/** The code goes into the message. What was never sent is not billed. */
export const whyUnreachable: WhyUnreachable = (thrown) => {
  const { code, neverSent, untrusted } = networkFaultOf(thrown);
  if (!code && !neverSent) return undefined;
  const message = `The vendor could not be reached${code ? ` (${code})` : ''}.`;
  return { message, code, ...(neverSent && { billed: 'no' }), ...untrusted };
};
