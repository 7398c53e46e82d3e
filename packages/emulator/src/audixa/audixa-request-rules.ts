/** A request that may be spoken. */
export interface SpokenRequest {
  readonly text: string;
  readonly voiceId: string;
  readonly model: string;
  readonly audioFormat: 'wav' | 'mp3';
}

/** A broken rule, as the vendor reports it. */
export interface BrokenRule {
  readonly field: string;
  readonly message: string;
}

/** Vendor docs: never above 50,000 characters, whatever the plan. */
const mostCharacters = 50_000;
/** Vendor docs, reference of `POST /tts`; taken as inclusive (inferred). */
const ranges: readonly (readonly [field: string, least: number, most: number])[] = [
  ['speed', 0.5, 2],
  ['cfg_weight', 1, 5],
  ['exaggeration', 0, 1],
];
const models = ['base', 'advanced'];
const formats = ['wav', 'mp3'];

function broken(fields: Record<string, unknown>): BrokenRule[] {
  const { text, voice_id, model = 'base', audio_format = 'wav', language_code } = fields;
  const rules: (readonly [broken: boolean, field: string, message: string])[] = [
    [typeof text !== 'string' || text === '', 'text', 'Text is required'],
    [typeof text === 'string' && text.length > mostCharacters, 'text', `Text must be at most ${mostCharacters} characters`],
    [typeof voice_id !== 'string' || voice_id === '', 'voice_id', 'Voice ID is required'],
    [!models.includes(model as string), 'model', "Model must be 'base' or 'advanced'"],
    [!formats.includes(audio_format as string), 'audio_format', "Audio format must be 'wav' or 'mp3'"],
    [language_code !== undefined && typeof language_code !== 'string', 'language_code', 'Language code must be a string'],
    ...ranges.map(([field, least, most]) => {
      const value = fields[field];
      const outside = value !== undefined && !(typeof value === 'number' && value >= least && value <= most);
      return [outside, field, `${field} must be a number from ${least} to ${most}`] as const;
    }),
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, field, message]) => ({ field, message }));
}

/** Checks a request. Unknown members are ignored (the vendor's pages do not say what happens to them). */
export function checkRequest(json: unknown): { readonly request: SpokenRequest } | { readonly broken: readonly BrokenRule[] } {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { broken: [{ field: 'body', message: 'A JSON object is required' }] };
  const fields = json as Record<string, unknown>;
  const found = broken(fields);
  if (found.length > 0) return { broken: found };
  const { text, voice_id, model, audio_format } = fields;
  return {
    request: {
      text: text as string,
      voiceId: voice_id as string,
      model: (model as string | undefined) ?? 'base',
      audioFormat: (audio_format as 'wav' | 'mp3' | undefined) ?? 'wav',
    },
  };
}
