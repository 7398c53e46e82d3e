import type { PaidSchema } from './fields/paid-fields.ts';
import { audixaFields, moknahFields, sautiJobFields, sautiSpeechFields } from './fields/vendor-fields.ts';
import type { RelayVendor } from '../relay-options.ts';

/** A call that costs nothing. */
export interface FreeCall {
  readonly does: 'read';
  readonly vendor: RelayVendor;
  readonly method: 'GET' | 'POST';
  /** Path at the vendor; `:name` stands for a piece of the page's path. */
  readonly to: string;
  /** Query parameters that pass; the rest is dropped. */
  readonly query?: readonly string[];
  /** Request headers that pass. */
  readonly headers?: readonly string[];
  /** The generation or job concerned, which must be the user's own: a piece of the path, or a query parameter. */
  readonly own?: { readonly in: 'path' | 'query'; readonly name: string };
}

/** A call that the vendor charges for. */
export interface PaidCall {
  readonly does: 'pay';
  readonly vendor: RelayVendor;
  readonly to: string;
  readonly fields: PaidSchema;
}

/** What a route does with a method. */
export type Operation =
  | FreeCall
  | PaidCall
  | { readonly does: 'mint' | 'queue' | 'file' }
  | { readonly does: 'diagnose'; readonly vendor?: RelayVendor }
  /** `upgrade`: a request for the socket's path that arrived as plain HTTP. */
  | { readonly does: 'history' | 'upgrade'; readonly vendor: 'audixa' };

/** One route of docs/relay-protocol.md. */
export interface Route {
  /** The end of the path; `:name` is one piece of it. */
  readonly path: string;
  readonly methods: { readonly GET?: Operation; readonly POST?: Operation };
}

const audixa = { does: 'read', vendor: 'audixa', method: 'GET' } as const;
const sauti = { does: 'read', vendor: 'sauti', method: 'GET' } as const;
// A POST without a body is the only way that is known to list the voices (the vendor's own plugin).
const moknahVoices = { does: 'read', vendor: 'moknah', method: 'POST', to: '/voices/', headers: ['accept-language'] } as const;
const ownId = { in: 'path', name: 'id' } as const;

/** Every route there is. */
export const routes: readonly Route[] = [
  { path: 'token', methods: { POST: { does: 'mint' } } },
  { path: 'diagnose', methods: { GET: { does: 'diagnose' } } },
  { path: 'audixa/v3/diagnose', methods: { GET: { does: 'diagnose', vendor: 'audixa' } } },
  { path: 'sauti/v1/diagnose', methods: { GET: { does: 'diagnose', vendor: 'sauti' } } },
  { path: 'moknah/api/v1/diagnose', methods: { GET: { does: 'diagnose', vendor: 'moknah' } } },
  { path: 'queue/:key', methods: { GET: { does: 'queue' } } },
  { path: 'audixa/v3/tts/stream', methods: { GET: { does: 'upgrade', vendor: 'audixa' } } },
  { path: 'files/:sealed', methods: { GET: { does: 'file' } } },
  {
    path: 'audixa/v3/tts',
    methods: {
      GET: { ...audixa, to: '/tts', query: ['generation_id'], own: { in: 'query', name: 'generation_id' } },
      POST: { does: 'pay', vendor: 'audixa', to: '/tts', fields: audixaFields },
    },
  },
  {
    path: 'audixa/v3/custom/:slug/tts',
    methods: { POST: { does: 'pay', vendor: 'audixa', to: '/custom/:slug/tts', fields: audixaFields } },
  },
  {
    path: 'audixa/v3/custom/:slug/generations/:id',
    methods: { GET: { ...audixa, to: '/custom/:slug/generations/:id', own: ownId } },
  },
  { path: 'audixa/v3/voices', methods: { GET: { ...audixa, to: '/voices', query: ['model', 'limit', 'offset'] } } },
  { path: 'audixa/v3/history', methods: { GET: { does: 'history', vendor: 'audixa' } } },
  {
    path: 'sauti/v1/text-to-speech/:voice',
    methods: { POST: { does: 'pay', vendor: 'sauti', to: '/text-to-speech/:voice', fields: sautiSpeechFields } },
  },
  { path: 'sauti/v1/tts/jobs', methods: { POST: { does: 'pay', vendor: 'sauti', to: '/tts/jobs', fields: sautiJobFields } } },
  { path: 'sauti/v1/tts/jobs/:id', methods: { GET: { ...sauti, to: '/tts/jobs/:id', own: ownId } } },
  { path: 'sauti/v1/tts/jobs/:id/audio', methods: { GET: { ...sauti, to: '/tts/jobs/:id/audio', own: ownId } } },
  { path: 'sauti/v1/voices', methods: { GET: { ...sauti, to: '/voices', query: ['language'] } } },
  { path: 'sauti/v1/voices/:id', methods: { GET: { ...sauti, to: '/voices/:id' } } },
  {
    path: 'moknah/api/v1/tts/generate',
    methods: { POST: { does: 'pay', vendor: 'moknah', to: '/tts/generate/', fields: moknahFields } },
  },
  { path: 'moknah/api/v1/voices', methods: { GET: moknahVoices, POST: moknahVoices } },
];
