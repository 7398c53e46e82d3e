import { charactersOf } from '../ledger.ts';
import { findVoice } from './audixa-voices.ts';

/** A request that may be spoken. */
export interface SpokenRequest {
  readonly text: string;
  readonly voiceId: string;
  readonly voiceName: string;
  readonly model: string;
  /** How fast, 0.5–2. */
  readonly speed: number;
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
const ranges = { speed: [0.5, 2], cfg_weight: [1, 5], exaggeration: [0, 1] } as const;
/** Vendor docs, v2: ignored with `base`. The v3 pages do not say. */
const advancedOnly = new Set(['cfg_weight', 'exaggeration']);
const models: readonly unknown[] = ['base', 'advanced'];
const formats: readonly unknown[] = ['wav', 'mp3'];

type Fields = Readonly<Record<string, unknown>>;

function textRule({ text }: Fields): string | undefined {
  if (text === undefined) return 'Text is required';
  if (typeof text !== 'string') return 'Text must be a string';
  if (text === '') return 'Text is required';
  return charactersOf(text) > mostCharacters ? `Text must be at most ${mostCharacters} characters` : undefined;
}

/** A voice must exist and belong to the model (newest vendor docs). */
function voiceRule({ voice_id, model = 'base' }: Fields): string | undefined {
  if (voice_id === undefined || voice_id === '') return 'Voice ID is required';
  const voice = typeof voice_id === 'string' ? findVoice(voice_id) : undefined;
  if (!voice) return 'Invalid voice ID';
  return models.includes(model) && voice.model !== model ? `Voice is not available for model '${String(model)}'` : undefined;
}

function rangeRule(field: keyof typeof ranges, fields: Fields): string | undefined {
  const value = fields[field];
  const [least, most] = ranges[field];
  const ignored = advancedOnly.has(field) && fields['model'] !== 'advanced';
  if (value === undefined || ignored || (typeof value === 'number' && value >= least && value <= most)) return undefined;
  return `${field} must be a number from ${least} to ${most}`;
}

function brokenBy(fields: Fields): BrokenRule[] {
  const { model = 'base', audio_format = 'wav', language_code = '' } = fields;
  const rules: readonly (readonly [field: string, message: string | undefined])[] = [
    ['text', textRule(fields)],
    ['voice_id', voiceRule(fields)],
    ['model', models.includes(model) ? undefined : "Model must be 'base' or 'advanced'"],
    ['audio_format', formats.includes(audio_format) ? undefined : "Audio format must be 'wav' or 'mp3'"],
    ['language_code', typeof language_code === 'string' ? undefined : 'Language code must be a string'],
    ['speed', rangeRule('speed', fields)],
    ['cfg_weight', rangeRule('cfg_weight', fields)],
    ['exaggeration', rangeRule('exaggeration', fields)],
  ];
  return rules.flatMap(([field, message]) => (message === undefined ? [] : [{ field, message }]));
}

/** Checks a request. `null` counts as absent and unknown members are ignored: the vendor's pages say nothing of either. */
export function checkRequest(json: unknown): { readonly request: SpokenRequest } | { readonly broken: readonly BrokenRule[] } {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { broken: [{ field: 'body', message: 'A JSON object is required' }] };
  }
  const fields = Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null)) as Fields;
  const broken = brokenBy(fields);
  if (broken.length > 0) return { broken };
  const { text, voice_id, model = 'base', audio_format = 'wav' } = fields as Record<string, string>;
  return {
    request: {
      text: text ?? '',
      voiceId: voice_id ?? '',
      voiceName: findVoice(voice_id ?? '')?.name ?? '',
      model,
      speed: Number(fields['speed'] ?? 1),
      audioFormat: audio_format === 'mp3' ? 'mp3' : 'wav',
    },
  };
}
