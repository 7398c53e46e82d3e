import { charactersOf } from '../ledger.ts';

/** A synthesis that may be made. */
export interface SautiSynthesis {
  readonly text: string;
  readonly voiceId: string;
  /** 2 is twice as fast. */
  readonly speakingRate: number;
}

/** What is wrong with a request: 400 for its shape, 422 for its values (vendor docs, errors). */
export interface BrokenRule {
  readonly status: 400 | 422;
  readonly detail: string;
}

const mostCharacters = 5_000;
/** Longer texts become jobs. */
export const mostCharactersAtOnce = 2_000;

/** No range is documented: faster and slower than this is accepted and makes no difference. */
const [slowest, fastest] = [0.1, 10];

const settingNames = ['speaking_rate', 'noise_scale', 'noise_scale_duration'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const malformed = (field: string): BrokenRule => ({
  status: 400,
  detail: `Request body is malformed or missing required field '${field}'.`,
});

/** Missing and unrecognised members and wrong types (vendor docs, errors). */
function brokenShape(body: Record<string, unknown>, known: readonly string[]): BrokenRule | undefined {
  const missing = ['text', 'voice_id'].find((name) => known.includes(name) && typeof body[name] !== 'string');
  if (missing) return malformed(missing);
  const settings = body['voice_settings'] ?? {};
  if (!isObject(settings)) return malformed('voice_settings');
  const stranger =
    Object.keys(body).find((name) => !known.includes(name)) ?? Object.keys(settings).find((name) => !settingNames.includes(name));
  if (stranger !== undefined) return { status: 400, detail: `Unrecognised parameter '${stranger}'.` };
  const wrong = Object.entries(settings).find(([, value]) => typeof value !== 'number');
  return wrong && { status: 400, detail: `'${wrong[0]}' must be a number.` };
}

function brokenValues(text: unknown, voiceId: unknown, voices: readonly string[]): BrokenRule | undefined {
  if (typeof text === 'string' && text.trim() === '') return { status: 422, detail: 'Text is empty.' };
  if (typeof text === 'string' && charactersOf(text) > mostCharacters) {
    return { status: 422, detail: 'Text is longer than 5000 characters.' };
  }
  if (typeof voiceId !== 'string' || voices.includes(voiceId)) return undefined;
  return { status: 422, detail: `Voice '${voiceId}' is not supported.` };
}

/** Checks the body of a synthesis, whose voice is in the path, or of a job, whose voice is in the body. */
export function checkSynthesis(
  body: unknown,
  where: { readonly voiceInPath?: string; readonly voices: readonly string[]; readonly valuesFirst: boolean },
): SautiSynthesis | BrokenRule {
  if (!isObject(body)) return malformed('text');
  const { voiceInPath } = where;
  const voiceId = voiceInPath ?? body['voice_id'];
  const known = ['text', 'voice_settings', ...(voiceInPath === undefined ? ['voice_id'] : [])];
  const shape = brokenShape(body, known);
  const values = brokenValues(body['text'], voiceId, where.voices);
  const broken = where.valuesFirst ? (values ?? shape) : (shape ?? values);
  if (broken) return broken;
  const { speaking_rate: rate = 1 } = (body['voice_settings'] ?? {}) as { speaking_rate?: number };
  return { text: String(body['text']), voiceId: String(voiceId), speakingRate: Math.min(fastest, Math.max(slowest, rate)) };
}
