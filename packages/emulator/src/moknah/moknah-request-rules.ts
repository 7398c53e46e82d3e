import { charactersOf } from '../ledger.ts';
import { outputFormats } from './moknah-formats.ts';

/** A synthesis that may be made. */
export interface MoknahSynthesis {
  readonly text: string;
  readonly voiceId: number;
  readonly format: string;
  readonly credits: number;
  /** How fast, 0.7–1.2. */
  readonly speed: number;
}

/** What is wrong, by field (vendor docs, errors). */
export type BrokenFields = Readonly<Record<string, readonly string[]>>;

type Rule = (value: unknown) => string | undefined;
const number =
  (least: number, most: number): Rule =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most ? undefined : `Ensure this value is from ${least} to ${most}.`;

/** Bounds are allowed (inferred). */
const optional: Readonly<Record<string, Rule>> = {
  output_format: (value) => (outputFormats.includes(value as never) ? undefined : `"${String(value)}" is not a valid choice.`),
  prerecording: (value) => (value === 1 || value === 2 ? undefined : `"${String(value)}" is not a valid choice.`),
};
const settings: Readonly<Record<string, Rule>> = {
  speed: number(0.7, 1.2),
  temperature: number(0, 100),
  voice_similarity: number(0, 100),
  enable_emotions: (value) => (typeof value === 'boolean' ? undefined : 'Must be a valid boolean.'),
};

function textProblem(text: unknown): string | undefined {
  if (text == null) return 'This field is required.';
  if (typeof text !== 'string') return 'Not a valid string.';
  if (text.trim() === '') return 'This field may not be blank.';
  return charactersOf(text) > 1_500 ? 'Ensure this field has no more than 1500 characters.' : undefined;
}

function voiceProblem(voiceId: unknown): string | undefined {
  if (voiceId == null) return 'This field is required.';
  return Number.isInteger(voiceId) ? undefined : 'Invalid voice ID.';
}

/** Checks a body. `null` counts as absent, unknown members are ignored (inferred). */
export function checkSynthesis(body: unknown): MoknahSynthesis | { readonly broken: BrokenFields } {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const broken: Record<string, string[]> = {};
  const note = (name: string, problem: string | undefined) => {
    if (problem) broken[name] = [problem];
  };
  note('text', textProblem(fields['text']));
  note('voice_id', voiceProblem(fields['voice_id']));
  for (const [name, rule] of Object.entries(optional)) if (fields[name] != null) note(name, rule(fields[name]));
  const voiceSettings = (fields['voice_settings'] ?? {}) as Record<string, unknown>;
  if (typeof voiceSettings !== 'object' || Array.isArray(voiceSettings)) note('voice_settings', 'Invalid data.');
  for (const [name, rule] of Object.entries(settings)) {
    if (voiceSettings[name] != null) note(`voice_settings.${name}`, rule(voiceSettings[name]));
  }
  if (Object.keys(broken).length > 0) return { broken };
  const text = String(fields['text']);
  return {
    text,
    voiceId: Number(fields['voice_id']),
    speed: Number(voiceSettings['speed'] ?? 1),
    format: String(fields['output_format'] ?? 'mp3_44100_128'),
    // Enhancement by AI costs twice as much (vendor docs, rate limits; that it is `prerecording: 2` is inferred).
    credits: charactersOf(text) * (fields['prerecording'] === 2 ? 2 : 1),
  };
}
