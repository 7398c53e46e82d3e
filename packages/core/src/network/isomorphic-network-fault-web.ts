import type { ReadNetworkFault } from './network-fault.ts';

/** Browsers and workerd do not tell why a request failed. */
export const networkFaultOf: ReadNetworkFault = () => ({});
