// Calls of Moknah as its pages write them.
import type { Emulator } from '../src/index.ts';
import { ask, type ReadAnswer } from './read-answer.ts';

/** A key of a scenario, whose account nobody else has touched. */
export interface MoknahKey {
  readonly apiKey: string;
  /** A text for voice 1, or a whole body. */
  generate(body: unknown, signal?: AbortSignal): Promise<ReadAnswer>;
  voices(init?: { method?: string }): Promise<ReadAnswer>;
  /** Whether the account's slot is free: a body that breaks a rule is told so only then. */
  isFree(): Promise<boolean>;
}

let keys = 0;

/** A key of its own. */
export function moknahKey(emulator: Emulator, scenario?: string): MoknahKey {
  keys += 1;
  const apiKey = emulator.scenario(`${scenario ? `${scenario}~` : ''}run-${keys}`);
  const headers = { authorization: `Bearer ${apiKey}` };
  const { baseUrl } = emulator.moknah;
  const generate: MoknahKey['generate'] = (body, signal) =>
    ask(`${baseUrl}/tts/generate/`, {
      headers,
      body: typeof body === 'string' ? { text: body, voice_id: 1 } : body,
      ...(signal && { signal }),
    });
  return {
    apiKey,
    generate,
    voices: (init) => ask(`${baseUrl}/voices/`, { ...init, headers }),
    isFree: async () => (await generate({})).status !== 409,
  };
}

/** The `error` of an answer. */
export const errorOf = ({ json }: ReadAnswer): Record<string, unknown> => json['error'] as Record<string, unknown>;
