/** An answer ready to be sent. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const json = (status: number, body: object): Answer => ({ status, contentType: 'application/json', body: JSON.stringify(body) });
const page = (status: number, title: string): Answer => ({
  status,
  contentType: 'text/html',
  body: `<html><head><title>${status} ${title}</title></head><body><center><h1>${status} ${title}</h1></center></body></html>`,
});

/** Documented where the seed's error page has the text; the others in the same shape. 502, 504 and 520 come from proxies. */
const answers: Readonly<Record<number, Answer>> = {
  400: json(400, {
    detail: 'Validation error',
    errors: [
      { field: 'text', message: 'Text is required' },
      { field: 'model', message: "Model must be 'base' or 'advanced'" },
    ],
  }),
  401: json(401, { detail: 'Invalid or missing API key' }),
  402: json(402, { detail: 'Insufficient Balance' }),
  403: json(403, { detail: 'Your plan does not include this model' }),
  404: json(404, { detail: 'Generation not found' }),
  409: json(409, { detail: 'Conflict' }),
  413: json(413, { detail: 'Request body too large' }),
  422: json(422, { detail: [{ loc: ['body', 'text'], msg: 'field required', type: 'value_error.missing' }] }),
  429: json(429, { detail: 'Rate limit exceeded. Please retry after 30 seconds.' }),
  500: json(500, { detail: 'An unexpected error occurred. Please try again.' }),
  502: page(502, 'Bad Gateway'),
  503: json(503, { detail: 'Service temporarily unavailable' }),
  504: page(504, 'Gateway Time-out'),
  520: page(520, 'Web server is returning an unknown error'),
};

/** The answer of a status. */
export const answerOf = (status: number): Answer => answers[status] ?? json(status, { detail: `Status ${status}` });

/** A successful JSON answer. */
export const success = (body: object): Answer => json(200, body);

/** The answer to a request that breaks rules. */
export const brokenRules = (errors: readonly object[]): Answer => json(400, { detail: 'Validation error', errors });

/** An `error` frame. */
export const errorFrame = (message: string): string => JSON.stringify({ type: 'error', message });

const firstVoices = [
  ['am_ethan', 'Ethan', 'base', 'Male', 'American'],
  ['af_luna', 'Luna', 'base', 'Female', 'American'],
  ['ff_siwis', 'Siwis', 'base', 'Female', 'French'],
  ['am_eric', 'Eric', 'base', 'Male', 'American'],
  ['af_aria', 'Aria', 'base', 'Female', 'American'],
  ['af_bella', 'Bella', 'base', 'Female', 'American'],
  ['af_zoey', 'Zoey', 'base', 'Female', 'American'],
  ['bm_lewis', 'Lewis', 'base', 'Male', 'British'],
  ['bm_harry', 'Harry', 'base', 'Male', 'British'],
  ['bm_oliver', 'Oliver', 'base', 'Male', 'British'],
  ['jake', 'Jake', 'advanced', 'Male', 'American'],
  ['emma', 'Emma', 'advanced', 'Female', 'British'],
] as const;

/** Voices whose ids appear in the vendor's pages and SDKs. The custom one lacks accent and description, as in a sample there. */
export const voices: readonly Record<string, unknown>[] = [
  ...firstVoices.map(([voice_id, name, model, gender, accent]) => ({
    voice_id,
    name,
    model,
    gender,
    accent,
    description: `${name}, an emulated voice`,
    is_custom: false,
    free: model === 'base',
  })),
  { voice_id: 'custom_voice_12345', name: 'My voice', model: 'advanced', gender: 'Neutral', is_custom: true, free: false },
];
