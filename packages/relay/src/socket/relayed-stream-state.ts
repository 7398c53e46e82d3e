import type { Grant } from '../access/access.ts';
import type { Refusal } from '../relay-context.ts';
import { closeOfHandshake, closeOfRefusal, closeOfVendor, ownCloses, type PageClose } from './close-codes.ts';

/** How a stream ended. */
export interface StreamEnding {
  /** What the page is told; undefined when it is gone or not worth a word. */
  readonly close: PageClose | undefined;
  /** Whether the vendor was given the request: until then nothing can have been charged. */
  readonly handedOver: boolean;
  /** `sent`: everything before the close must reach the page first. `dropped`: the socket is cut soon. */
  readonly page: 'sent' | 'dropped';
  /** `closed`: politely. `dropped`: at once. */
  readonly vendor: 'closed' | 'dropped';
}

/**
 * The life of one socket. `ended` never changes.
 * ```
 * admitting → listening → metering → dialling → running → ended
 * ```
 */
export type RelayedStreamState =
  /** The token is being judged. The request may be here already. */
  | { readonly name: 'admitting'; readonly request: string | undefined }
  /** The page may speak; its request is awaited. */
  | { readonly name: 'listening'; readonly grant: Grant }
  /** The request is read, and a stream and its characters taken from the limits. */
  | { readonly name: 'metering'; readonly grant: Grant; readonly request: string }
  /** The vendor's socket is being opened. */
  | { readonly name: 'dialling'; readonly frame: string }
  /** The request was handed over; frames pass. */
  | { readonly name: 'running'; readonly frame: string }
  | { readonly name: 'ended'; readonly ending: StreamEnding };

/** What can happen to it. */
export type RelayedStreamEvent =
  | { readonly type: 'page-text'; readonly text: string }
  | { readonly type: 'page-binary' }
  /** The page's frames cannot be read, or there are too many. */
  | { readonly type: 'page-mistake'; readonly close: PageClose }
  | { readonly type: 'page-gone' }
  | { readonly type: 'granted'; readonly grant: Grant }
  | { readonly type: 'metered'; readonly frame: string }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'vendor-open' }
  | { readonly type: 'vendor-refused'; readonly status: number; readonly retryAfterMs: number | undefined }
  | { readonly type: 'vendor-unreachable' }
  /** It breaks the protocol of sockets. */
  | { readonly type: 'vendor-broken' }
  | { readonly type: 'vendor-closed'; readonly code: number; readonly reason: string }
  /** A limit passed, or the operator ends it. */
  | { readonly type: 'stopped'; readonly why: keyof typeof ownCloses }
  /** The relay lets nothing new in. */
  | { readonly type: 'draining' };

/** Where every socket begins. */
export const firstState: RelayedStreamState = { name: 'admitting', request: undefined };

type How = Partial<Pick<StreamEnding, 'page' | 'vendor'>>;

const ended = (state: RelayedStreamState, close: PageClose | undefined, how: How = {}): RelayedStreamState => ({
  name: 'ended',
  ending: { close, handedOver: state.name === 'running', page: 'dropped', vendor: 'dropped', ...how },
});

function requested(state: RelayedStreamState, text: string): RelayedStreamState {
  if (state.name === 'admitting' && state.request === undefined) return { name: 'admitting', request: text };
  if (state.name === 'listening') return { name: 'metering', grant: state.grant, request: text };
  return ended(state, ownCloses.secondRequest);
}

function granted(state: RelayedStreamState, grant: Grant): RelayedStreamState {
  if (state.name !== 'admitting') return state;
  return state.request === undefined ? { name: 'listening', grant } : { name: 'metering', grant, request: state.request };
}

/** What has begun may end; what has not is sent away. */
const drained = (state: RelayedStreamState): RelayedStreamState =>
  state.name === 'admitting' || state.name === 'listening' ? ended(state, ownCloses.draining) : state;

function stopped(state: RelayedStreamState, why: keyof typeof ownCloses): RelayedStreamState {
  // Only a page that owes its request can be late with it.
  if (why === 'noRequest' && !(state.name === 'listening' || (state.name === 'admitting' && state.request === undefined)))
    return state;
  // What came before a break is the page's, unless the page itself is the trouble.
  const isSent = state.name === 'running' && why !== 'slowReader' && why !== 'tooManyPings';
  return ended(state, ownCloses[why], isSent ? { page: 'sent' } : {});
}

function closedByVendor(state: RelayedStreamState, code: number, reason: string): RelayedStreamState {
  // A connection that ends before it was open is no connection.
  if (state.name !== 'running') return ended(state, ownCloses.vendorUnreachable);
  return ended(state, closeOfVendor(code, reason), { page: 'sent' });
}

/** The next state. Pure; an event that means nothing in a state leaves it as it is. */
export function nextRelayedState(state: RelayedStreamState, event: RelayedStreamEvent): RelayedStreamState {
  if (state.name === 'ended') return state;
  switch (event.type) {
    case 'page-text':
      return requested(state, event.text);
    case 'page-binary':
      return ended(state, state.name === 'admitting' || state.name === 'listening' ? ownCloses.notText : ownCloses.secondRequest);
    case 'page-mistake':
      return ended(state, event.close);
    case 'page-gone':
      return ended(state, undefined, { vendor: 'closed' });
    case 'granted':
      return granted(state, event.grant);
    case 'metered':
      return state.name === 'metering' ? { name: 'dialling', frame: event.frame } : state;
    case 'refused':
      return ended(state, closeOfRefusal(event.refusal));
    case 'vendor-open':
      return state.name === 'dialling' ? { name: 'running', frame: state.frame } : state;
    case 'vendor-refused':
      return ended(state, closeOfHandshake(event.status, event.retryAfterMs));
    case 'vendor-unreachable':
      return ended(state, ownCloses.vendorUnreachable);
    case 'vendor-broken':
      return ended(state, ownCloses.vendorBroken, { page: 'sent' });
    case 'vendor-closed':
      return closedByVendor(state, event.code, event.reason);
    case 'stopped':
      return stopped(state, event.why);
    case 'draining':
      return drained(state);
  }
}
