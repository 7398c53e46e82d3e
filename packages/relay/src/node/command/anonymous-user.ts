import { createHmac, randomBytes } from 'node:crypto';

import { networkOf } from '../../limits/network-of.ts';

/**
 * Names users by their network without telling it: limits count each network, and logs hold no address. Relays with the same secret
 * use the same names; without one they last as long as the process.
 */
export function nameByNetwork(secret: string | undefined): (ip: string) => string {
  const key = createHmac('sha256', secret ?? randomBytes(32))
    .update('saystream-relay networks')
    .digest();
  return (ip) => `network-${createHmac('sha256', key).update(networkOf(ip)).digest('base64url').slice(0, 22)}`;
}
