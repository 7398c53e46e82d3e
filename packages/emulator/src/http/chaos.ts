import { seededRandom } from '../seeded-random.ts';
import type { CallFate, FaultName, HttpFault } from './http-faults.ts';
import type { VendorApi } from './vendor-api.ts';

const fault = (name: FaultName, more: Omit<HttpFault, 'name'> = {}): CallFate => ({ fault: { name, ...more } });
/** Nobody waits: a test makes ten thousand calls. */
const refusal = (status: number): CallFate => ({ refusal: { status, retryAfter: '0' } });
const shortPauseMs = 15;

/** How often each fate is drawn, out of the sum. About half of the calls go well. */
const weights: readonly (readonly [weight: number, fate: CallFate, only?: 'moknah'])[] = [
  [50, {}],
  [2, fault('slow-headers', { ms: shortPauseMs })],
  // Before the vendor has accepted anything:
  [5, fault('drop-request')],
  [6, refusal(429)],
  [3, refusal(500)],
  [3, refusal(503)],
  [3, refusal(409), 'moknah'],
  // After it has:
  [6, fault('drop-answer')],
  [2, fault('reset-answer')],
  [5, fault('accepted-then', { status: 500 })],
  [3, fault('accepted-then', { status: 502 })],
  [3, fault('accepted-then', { status: 503 })],
  [3, fault('cut-body')],
  [1, fault('reset-body')],
  [2, fault('cut-chunked')],
  [1, fault('short-body')],
  [2, fault('html-200')],
  [2, fault('truncated-json')],
  [1, fault('empty-200')],
  [1, fault('wrong-type', { contentType: 'text/plain' })],
];

/** Draws the fate of each call. */
export function createChaos(seed: number, host: VendorApi['vendor'] | 'files'): () => CallFate {
  const random = seededRandom(seed);
  const drawn = weights.filter(([, , only]) => only === undefined || only === host);
  const total = drawn.reduce((sum, [weight]) => sum + weight, 0);
  return () => {
    let left = random() * total;
    for (const [weight, fate] of drawn) {
      left -= weight;
      if (left < 0) return fate;
    }
    return {};
  };
}
