import { expect, test } from 'vitest';

import { networkFaultOf } from '../packages/core/src/network/isomorphic-network-fault-node.ts';
import { provesNeverSent } from '../packages/relay/src/http/never-sent.ts';

/** As Node's fetch throws it: the system's error is the cause. */
const node = (code: string, syscall?: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, ...(syscall && { syscall }) }) });
const bun = (code: string): Error => Object.assign(new TypeError(code), { code });
/** Deno 2.9's words. */
const deno = (phase: string, words: string): Error =>
  new TypeError('fetch failed', {
    cause: new Error(`error sending request for url (https://x/): client error (${phase}): ${words}`),
  });
const allAddresses = (code: string, syscall: string): Error =>
  new TypeError('fetch failed', {
    cause: Object.assign(new AggregateError([Object.assign(new Error(code), { code, syscall })]), { code }),
  });

test.each<[string, Error, boolean, string | undefined]>([
  ['Node: nothing listens', node('ECONNREFUSED', 'connect'), true, 'ECONNREFUSED'],
  ['Node: no route to the host', node('EHOSTUNREACH', 'connect'), true, 'EHOSTUNREACH'],
  ['Node: no route to the network', node('ENETUNREACH', 'connect'), true, 'ENETUNREACH'],
  ['Node: no such name', node('ENOTFOUND', 'getaddrinfo'), true, 'ENOTFOUND'],
  ['Node: the name server is busy', node('EAI_AGAIN', 'getaddrinfo'), true, 'EAI_AGAIN'],
  ['Node: the system gave up connecting', node('ETIMEDOUT', 'connect'), true, 'ETIMEDOUT'],
  ['Node: every address timed out', allAddresses('ETIMEDOUT', 'connect'), true, 'ETIMEDOUT'],
  ['Node: undici gave up connecting', node('UND_ERR_CONNECT_TIMEOUT'), true, 'UND_ERR_CONNECT_TIMEOUT'],
  ['Node: a certificate of its own', node('DEPTH_ZERO_SELF_SIGNED_CERT'), true, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['Node: an unknown CA', node('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), true, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['Node: a certificate for another name', node('ERR_TLS_CERT_ALTNAME_INVALID'), true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['Node: an expired certificate', node('CERT_HAS_EXPIRED'), true, 'CERT_HAS_EXPIRED'],
  ['Bun: nothing listens', bun('ConnectionRefused'), true, 'ConnectionRefused'],
  ['Bun: no connection', bun('FailedToOpenSocket'), true, 'FailedToOpenSocket'],
  ['Bun: a certificate of its own', bun('DEPTH_ZERO_SELF_SIGNED_CERT'), true, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['Deno: nothing listens', deno('Connect', 'tcp connect error: Connection refused (os error 111)'), true, 'ECONNREFUSED'],
  ['Deno: no such name', deno('Connect', 'dns error: failed to lookup address information'), true, 'ENOTFOUND'],
  ['Deno: no route', deno('Connect', 'tcp connect error: No route to host (os error 113)'), true, 'EHOSTUNREACH'],
  ['Deno: a bad certificate', deno('Connect', 'invalid peer certificate: UnknownIssuer'), true, 'UnknownIssuer'],
  [
    'Deno: a CA as certificate',
    deno('Connect', 'invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))'),
    true,
    'CaUsedAsEndEntity',
  ],
  ['Deno: a broken answer', deno('SendRequest', 'connection closed before message completed'), false, undefined],
  ['Node: an open connection that lost its route', node('EHOSTUNREACH', 'read'), false, 'EHOSTUNREACH'],
  ['Node: an open connection that timed out', node('ETIMEDOUT', 'read'), false, 'ETIMEDOUT'],
  ['Node: a reset', node('ECONNRESET', 'read'), false, 'ECONNRESET'],
  ['Node: the other side closed', node('UND_ERR_SOCKET'), false, 'UND_ERR_SOCKET'],
  ['Node: no headers in time', node('UND_ERR_HEADERS_TIMEOUT'), false, 'UND_ERR_HEADERS_TIMEOUT'],
  ['Bun: the other side closed', bun('ConnectionClosed'), false, 'ConnectionClosed'],
  ['a browser', new TypeError('Failed to fetch'), false, undefined],
])('%s: client and relay agree whether anything was sent', (_title, thrown, neverSent, code) => {
  expect(networkFaultOf(thrown)).toMatchObject({ ...(code && { code }) });
  expect(networkFaultOf(thrown).neverSent ?? false).toBe(neverSent);
  expect(provesNeverSent(thrown)).toBe(neverSent);
});

test.each([undefined, null, 'text', 7, {}, Object.assign(new Error('circle'), { code: 1 })])('%o proves nothing', (thrown) => {
  expect(networkFaultOf(thrown)).toEqual({});
  expect(provesNeverSent(thrown)).toBe(false);
});

test('a refused certificate is not tried again, and its advice names the variable', () => {
  expect(networkFaultOf(node('SELF_SIGNED_CERT_IN_CHAIN')).untrusted).toMatchObject({
    retryable: false,
    message: expect.stringContaining('SELF_SIGNED_CERT_IN_CHAIN') as string,
    advice: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
  });
});
