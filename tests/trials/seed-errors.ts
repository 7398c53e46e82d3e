import { createAudixa, createMoknah, createSauti, type ClientEvent, type SpeechErrorFacts } from 'saystream';

/** What every client here is made with. */
interface Options {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly dangerouslyAllowBrowser: true;
  readonly retry: { readonly tries: 1; readonly maxDelayMs: number };
  readonly onEvent: (event: ClientEvent) => void;
}

/** How a vendor is asked for speech. */
export const paidCalls: Readonly<Record<'audixa' | 'sauti' | 'moknah', (options: Options) => Promise<unknown>>> = {
  audixa: (options) => createAudixa(options).generate({ text: 'x', voiceId: 'am_ethan' }),
  sauti: (options) => createSauti(options).generate({ text: 'x', voiceId: 'sauti-swahili-v1' }),
  moknah: (options) => createMoknah(options).generate({ text: 'x', voiceId: 7 }),
};

/** The one example that belongs to a free request. */
export const downloadCall = (options: Options): Promise<unknown> => createSauti(options).jobAudio('job_abc123');

/** One printed example: how the emulator says it, and what a client makes of it. */
export interface SeedError {
  readonly vendor: 'audixa' | 'sauti' | 'moknah';
  readonly scenario: string;
  /** Asked for the sound of a job, and not for speech. */
  readonly free?: true;
  readonly facts: Omit<Partial<SpeechErrorFacts>, 'message' | 'vendor'>;
  /** The wait that the body names by itself. */
  readonly bodyWaitMs?: number;
}

const refused = { billed: 'no' } as const;
const audixa = (scenario: string, facts: SeedError['facts'], more: Partial<SeedError> = {}): SeedError => ({
  vendor: 'audixa',
  scenario,
  facts,
  ...more,
});
const sauti = (scenario: string, facts: SeedError['facts'], more: Partial<SeedError> = {}): SeedError => ({
  vendor: 'sauti',
  scenario,
  facts,
  ...more,
});
const moknah = (scenario: string, facts: SeedError['facts'], more: Partial<SeedError> = {}): SeedError => ({
  vendor: 'moknah',
  scenario,
  facts,
  ...more,
});
const field = (path: string, message: string): { path: string; message: string } => ({ path, message });

/** In the order of the vendors' pages, and of `documentedFacts`. */
export const seedErrors: readonly SeedError[] = [
  audixa('error-body-audixa-format-fields', {
    ...refused,
    kind: 'invalid-request',
    status: 400,
    fields: [field('text', 'Text is required'), field('voice_id', 'Invalid voice ID')],
  }),
  audixa('http-400', {
    ...refused,
    kind: 'invalid-request',
    status: 400,
    fields: [field('text', 'Text is required'), field('model', "Model must be 'base' or 'advanced'")],
  }),
  audixa('http-401', { ...refused, kind: 'unauthorized', status: 401 }),
  audixa('http-402', { ...refused, kind: 'insufficient-credits', status: 402 }),
  audixa('http-404', { ...refused, kind: 'not-found', status: 404 }),
  audixa('http-429', { ...refused, kind: 'rate-limited', status: 429 }, { bodyWaitMs: 30_000 }),
  audixa('http-500', { billed: 'unknown', kind: 'vendor-fault', status: 500 }),

  sauti('error-body-sauti-format', { ...refused, kind: 'invalid-request', status: 400, code: '{error_code}' }),
  sauti('http-400', { ...refused, kind: 'invalid-request', status: 400, code: 'invalid_request' }),
  sauti('http-401', { ...refused, kind: 'unauthorized', status: 401, code: 'unauthorized' }),
  sauti('http-409', { ...refused, kind: 'not-ready', status: 409, code: 'job_not_complete' }, { free: true }),
  sauti('http-413', { ...refused, kind: 'too-large', status: 413, code: 'payload_too_large' }),
  sauti('http-429', { ...refused, kind: 'rate-limited', status: 429, code: 'rate_limit_exceeded' }),
  sauti('http-500', { billed: 'unknown', kind: 'vendor-fault', status: 500, code: 'internal_error' }),

  moknah('http-400', {
    ...refused,
    kind: 'invalid-request',
    status: 400,
    code: 'INVALID_REQUEST',
    fields: [field('text', 'This field is required.'), field('voice_id', 'Invalid voice ID.')],
  }),
  moknah('http-401', { ...refused, kind: 'unauthorized', status: 401, code: 'UNAUTHORIZED' }),
  moknah('http-402', {
    ...refused,
    kind: 'insufficient-credits',
    status: 402,
    code: 'INSUFFICIENT_CREDITS',
    credits: { remaining: 50, required: 150 },
  }),
  moknah('http-403', { ...refused, kind: 'forbidden', status: 403, code: 'FORBIDDEN' }),
  moknah('http-404', { ...refused, kind: 'not-found', status: 404, code: 'NOT_FOUND' }),
  moknah('http-409', { ...refused, kind: 'busy', status: 409, code: 'CONCURRENT_REQUEST' }),
  moknah('http-429', { ...refused, kind: 'rate-limited', status: 429, code: 'RATE_LIMIT_EXCEEDED' }, { bodyWaitMs: 45_000 }),
  moknah('http-500', { billed: 'unknown', kind: 'vendor-fault', status: 500, code: 'INTERNAL_ERROR' }),
];
