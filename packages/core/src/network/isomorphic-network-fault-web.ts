import type { ReadCallMistake, ReadNetworkFault, WhyUnreachable } from './network-fault.ts';

/** Browsers and workerd do not tell why a request failed. */
export const networkFaultOf: ReadNetworkFault = () => ({});

/** For the same reason there are no facts. */
export const whyUnreachable: WhyUnreachable = () => undefined;

/** Browsers give their mistakes no code. */
export const callMistakeIn: ReadCallMistake = () => undefined;
