/**
 * Whether a URL's host is this machine: the one rule for a vendor's address and for the files it names. `hostname` is as `URL` gives it:
 * IPv6 in brackets, numbers in dotted form. Names under `localhost` never leave the machine (RFC 6761 §6.3).
 */
export const isLoopback = (hostname: string): boolean =>
  /^(.+\.)?localhost\.?$/.test(hostname) || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
